namespace Tollgate.Configuration.Variables;

/// <summary>
/// Variables from several places, the first of which that has a name decides. A variable that is set to nothing counts
/// as not set, but still hides what later places say.
/// </summary>
internal sealed class VariableSet
{
    private readonly IReadOnlyList<VariableSource> _sources;

    private VariableSet(IReadOnlyList<VariableSource> sources) => _sources = sources;

    /// <summary>The variables of these places, the first one deciding.</summary>
    public static VariableSet Of(params IReadOnlyList<VariableSource> sources) => new(sources);

    /// <summary>These variables, and behind them those of another place.</summary>
    public VariableSet Before(VariableSource source) => new([.. _sources, source]);

    /// <summary>The value; null where it is not set or empty.</summary>
    public string? Find(string name) =>
        Source(name) is { } source && source.Values[name].Trim() is { Length: > 0 } value ? value : null;

    /// <summary>The first of the names that is set.</summary>
    public string? FindFirst(IEnumerable<string> names) =>
        names.Select(Find).FirstOrDefault(static value => value is not null);

    /// <summary>Whether any name begins so.</summary>
    public bool HasPrefix(string prefix)
    {
        foreach (var source in _sources)
            foreach (var name in source.Values.Keys)
                if (name.StartsWith(prefix, StringComparison.Ordinal))
                    return true;
        return false;
    }

    /// <summary>Where a variable comes from, for messages.</summary>
    public string Origin(string name) => Source(name)?.Name ?? "environment";

    private VariableSource? Source(string name) => _sources.FirstOrDefault(source => source.Values.ContainsKey(name));
}

/// <summary>A place that variables come from.</summary>
/// <param name="Name">Its name in messages.</param>
/// <param name="Values">The variables.</param>
internal sealed record VariableSource(string Name, IReadOnlyDictionary<string, string> Values);

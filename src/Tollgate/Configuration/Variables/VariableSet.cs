namespace Tollgate.Configuration.Variables;

/// <summary>
/// Variables from several sources; the first source that contains a name wins. An empty variable counts as not set, but
/// still hides those of later sources.
/// </summary>
internal sealed class VariableSet
{
    private readonly IReadOnlyList<VariableSource> _sources;

    private VariableSet(IReadOnlyList<VariableSource> sources) => _sources = sources;

    /// <summary>Creates a set from these sources, in order of precedence.</summary>
    public static VariableSet Create(params IReadOnlyList<VariableSource> sources) => new(sources);

    /// <summary>Returns these variables, followed by those of another source.</summary>
    public VariableSet WithFallback(VariableSource source) => new([.. _sources, source]);

    /// <summary>Returns the value; null if it is not set or empty.</summary>
    public string? Find(string name) =>
        Source(name) is { } source && source.Values[name].Trim() is { Length: > 0 } value ? value : null;

    /// <summary>Returns the value of the first of the names that is set.</summary>
    public string? FindFirst(IEnumerable<string> names) =>
        names.Select(Find).FirstOrDefault(static value => value is not null);

    /// <summary>Returns whether any name has this prefix.</summary>
    public bool HasPrefix(string prefix)
    {
        foreach (var source in _sources)
            foreach (var name in source.Values.Keys)
                if (name.StartsWith(prefix, StringComparison.Ordinal))
                    return true;
        return false;
    }

    /// <summary>Returns the source of a variable, for messages.</summary>
    public string Origin(string name) => Source(name)?.Name ?? "environment";

    private VariableSource? Source(string name) => _sources.FirstOrDefault(source => source.Values.ContainsKey(name));
}

/// <summary>A source of variables.</summary>
/// <param name="Name">Its name in messages.</param>
/// <param name="Values">The variables.</param>
internal sealed record VariableSource(string Name, IReadOnlyDictionary<string, string> Values);

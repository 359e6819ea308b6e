using Tollgate.Configuration.Yaml;

namespace Tollgate.Configuration.Declaration;

/// <summary>
/// Something that is not configured, rather than wrong, as long as a variable that it names is not set.
/// </summary>
internal abstract class Optional
{
    /// <summary>The variables that are missing.</summary>
    public List<string> Unset { get; } = [];

    /// <summary>Whether an error was already told about it, so that what follows from it is not told as well.</summary>
    public bool IsBroken { get; set; }
}

/// <summary>What a missing variable means, by whose setting it is.</summary>
internal static class UnsetVariables
{
    /// <summary>Binds an item, and marks it where that met an error.</summary>
    public static void Bind<TItem>(Section<TItem> section, TItem item, YamlValue value, Spot spot)
    {
        var errors = spot.Binder.Problems.Errors;
        spot.Binder.Bind(section, item, value, spot);
        if (item is Optional optional)
            optional.IsBroken = spot.Binder.Problems.Errors > errors;
    }

    public static void Note<TOwner>(TOwner owner, IReadOnlyList<string> names, YamlPosition at, Spot spot)
    {
        if (owner is Optional optional)
            optional.Unset.AddRange(names);
        else
            spot.Warn(at, $"{string.Join(" and ", names)} is not set, so this setting keeps its default.");
    }
}

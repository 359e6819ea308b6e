using Tollgate.Operations.Yaml;

namespace Tollgate.Configuration.Declaration;

/// <summary>
/// An item that counts as not configured, rather than as invalid, while a variable that it refers to is not set.
/// </summary>
internal abstract class Optional
{
    /// <summary>The variables that are missing.</summary>
    public List<string> Unset { get; } = [];

    /// <summary>
    /// True if an error was already reported for it, so that its consequences are not reported as well.
    /// </summary>
    public bool IsBroken { get; set; }
}

/// <summary>Handles missing variables, depending on the owner of the setting.</summary>
internal static class UnsetVariables
{
    /// <summary>Binds an item, and marks it if an error occurred.</summary>
    public static void Bind<TItem>(Section<TItem> section, TItem item, YamlValue value, ConfigPath location)
    {
        var errors = location.Binder.Problems.Errors;
        location.Binder.Bind(section, item, value, location);
        if (item is Optional optional)
            optional.IsBroken = location.Binder.Problems.Errors > errors;
    }

    public static void Note<TOwner>(TOwner owner, IReadOnlyList<string> names, YamlPosition at, ConfigPath location)
    {
        if (owner is Optional optional)
            optional.Unset.AddRange(names);
        else
            location.Warn(at, $"{string.Join(" and ", names)} is not set, so this setting keeps its default.");
    }
}

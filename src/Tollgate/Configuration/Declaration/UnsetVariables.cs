using Tollgate.Configuration.Yaml;

namespace Tollgate.Configuration.Declaration;

/// <summary>Something that is not configured, rather than wrong, as long as a variable that it names is not set.</summary>
internal abstract class Optional
{
    /// <summary>The variables that are missing.</summary>
    public List<string> Unset { get; } = [];
}

/// <summary>What a missing variable means, by whose setting it is.</summary>
internal static class UnsetVariables
{
    public static void Note<TOwner>(TOwner owner, IReadOnlyList<string> names, YamlPosition at, Spot spot)
    {
        if (owner is Optional optional) optional.Unset.AddRange(names);
        else spot.Warn(at, $"{string.Join(" and ", names)} is not set, so this setting keeps its default.");
    }
}

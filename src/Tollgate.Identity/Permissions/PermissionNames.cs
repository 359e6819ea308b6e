using System.Collections.Frozen;

namespace Tollgate.Identity.Permissions;

/// <summary>The names of permissions in the API and in stored tokens.</summary>
public static class PermissionNames
{
    private static readonly FrozenDictionary<Permission, string> Names = Enum.GetValues<Permission>()
        .ToFrozenDictionary(static permission => permission, CreateName);

    private static readonly FrozenDictionary<string, Permission> Permissions = Names.ToFrozenDictionary(
        static pair => pair.Value,
        static pair => pair.Key,
        StringComparer.Ordinal
    );

    /// <summary>All permissions, in the order of their declaration.</summary>
    public static IReadOnlyList<Permission> All { get; } = Enum.GetValues<Permission>();

    /// <summary>Returns the name of a permission, such as <c>keys:read</c>.</summary>
    public static string ToName(this Permission permission) => Names[permission];

    /// <summary>Finds a permission by its exact name; returns false if there is none.</summary>
    public static bool TryParse(string name, out Permission permission) =>
        Permissions.TryGetValue(name, out permission);

    /// <summary><c>KeysRead</c> becomes <c>keys:read</c>: the verb begins with the last capital.</summary>
    private static string CreateName(Permission permission)
    {
        var name = permission.ToString();
        var verb = name.AsSpan().LastIndexOfAnyInRange('A', 'Z');
        return $"{name[..verb]}:{name[verb..]}".ToLowerInvariant();
    }
}

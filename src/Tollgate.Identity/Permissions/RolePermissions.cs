using System.Collections.Frozen;

namespace Tollgate.Identity.Permissions;

/// <summary>The permissions of each role, in one table.</summary>
public static class RolePermissions
{
    private static readonly FrozenDictionary<Role, FrozenSet<Permission>> Table = new Dictionary<
        Role,
        IReadOnlyList<Permission>
    >
    {
        [Role.Admin] = PermissionNames.All,
        [Role.Manager] =
        [
            Permission.SelfRead,
            Permission.SelfWrite,
            Permission.KeysRead,
            Permission.KeysWrite,
            Permission.LimitsRead,
            Permission.LimitsWrite,
            Permission.RegistryRead,
            Permission.RegistryWrite,
            Permission.UsageRead,
            Permission.CallsRead,
            Permission.PricesRead,
            Permission.JobsRead,
            Permission.JobsWrite,
            Permission.AlertsRead,
        ],
        [Role.User] =
        [
            Permission.SelfRead,
            Permission.SelfWrite,
            Permission.KeysRead,
            Permission.LimitsRead,
            Permission.UsageRead,
            Permission.CallsRead,
            Permission.PricesRead,
            Permission.JobsRead,
            Permission.JobsWrite,
        ],
        // Everything that is read, except prompts, settings, accounts, tokens, and SQL, which reaches all of them.
        [Role.Viewer] =
        [
            Permission.SelfRead,
            Permission.SelfWrite,
            Permission.KeysRead,
            Permission.LimitsRead,
            Permission.RegistryRead,
            Permission.UsageRead,
            Permission.CallsRead,
            Permission.PricesRead,
            Permission.ProvidersRead,
            Permission.JobsRead,
            Permission.AlertsRead,
            Permission.AuditRead,
            Permission.MetricsRead,
        ],
    }.ToFrozenDictionary(static row => row.Key, static row => row.Value.ToFrozenSet());

    private static readonly FrozenSet<Permission> UserWithKeys = Table[Role.User]
        .Append(Permission.KeysWrite)
        .ToFrozenSet();

    /// <summary>The permissions of a caller with a virtual key.</summary>
    public static IReadOnlySet<Permission> VirtualKey { get; } = FrozenSet.Create(Permission.SelfRead);

    /// <summary>Returns the permissions of a role.</summary>
    /// <param name="role">The role.</param>
    /// <param name="usersManageOwnKeys">True if users may create and revoke keys within their reach.</param>
    public static IReadOnlySet<Permission> For(Role role, bool usersManageOwnKeys = false) =>
        role == Role.User && usersManageOwnKeys ? UserWithKeys : Table[role];
}

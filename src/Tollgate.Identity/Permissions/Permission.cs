namespace Tollgate.Identity.Permissions;

/// <summary>
/// An action on a kind of data. Each has a name of the form <c>keys:read</c>, see <see cref="PermissionNames"/>.
/// </summary>
public enum Permission
{
    /// <summary>Reads the caller's own data: limits, usage, sessions.</summary>
    SelfRead,

    /// <summary>Changes the caller's own password and sessions.</summary>
    SelfWrite,

    /// <summary>Reads virtual keys, never the secrets.</summary>
    KeysRead,

    /// <summary>Creates, changes, and revokes virtual keys.</summary>
    KeysWrite,

    /// <summary>Reads limits and their counters.</summary>
    LimitsRead,

    /// <summary>Changes limits and their counters.</summary>
    LimitsWrite,

    /// <summary>Reads users, projects, and applications.</summary>
    RegistryRead,

    /// <summary>Changes users, projects, and applications.</summary>
    RegistryWrite,

    /// <summary>Reads totals of usage and cost.</summary>
    UsageRead,

    /// <summary>Reads single calls.</summary>
    CallsRead,

    /// <summary>Reads recorded prompts and responses.</summary>
    PromptsRead,

    /// <summary>Reads price lists.</summary>
    PricesRead,

    /// <summary>Changes price lists, and computes costs again.</summary>
    PricesWrite,

    /// <summary>Reads providers and routes, never the keys.</summary>
    ProvidersRead,

    /// <summary>Changes providers and routes.</summary>
    ProvidersWrite,

    /// <summary>Reads jobs, such as exports and simulations, and their results.</summary>
    JobsRead,

    /// <summary>Starts and cancels jobs.</summary>
    JobsWrite,

    /// <summary>Reads alerts.</summary>
    AlertsRead,

    /// <summary>Tests and acknowledges alerts.</summary>
    AlertsWrite,

    /// <summary>Reads the audit trail.</summary>
    AuditRead,

    /// <summary>Reads settings.</summary>
    SettingsRead,

    /// <summary>Changes settings.</summary>
    SettingsWrite,

    /// <summary>Reads accounts and their sessions.</summary>
    AccountsRead,

    /// <summary>Changes accounts, and ends their sessions.</summary>
    AccountsWrite,

    /// <summary>Reads service tokens, never the secrets.</summary>
    TokensRead,

    /// <summary>Creates and revokes service tokens.</summary>
    TokensWrite,

    /// <summary>
    /// Runs queries in SQL. They reach every table, also the hashes of passwords, so it is for administrators only.
    /// </summary>
    SqlRead,

    /// <summary>Reads the metrics page.</summary>
    MetricsRead,
}

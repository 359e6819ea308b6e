using Tollgate.Identity.Permissions;

namespace Tollgate.Identity.Accounts;

/// <summary>A change to an account. Null keeps the value.</summary>
public sealed record AccountChange
{
    /// <summary>The role. A change ends all sessions of the account.</summary>
    public Role? Role { get; init; }

    /// <summary>The teams that a manager manages.</summary>
    public IReadOnlyList<string>? Teams { get; init; }

    /// <summary>The user in the ledger whose usage is the account's own.</summary>
    public string? User { get; init; }

    /// <summary>True to disable the account, which ends all its sessions; false to enable it again.</summary>
    public bool? Disabled { get; init; }
}

using Tollgate.Identity.Permissions;

namespace Tollgate.Identity.Accounts;

/// <summary>A request to create an account.</summary>
public sealed record NewAccount
{
    /// <summary>The name; it is normalized.</summary>
    public required string Username { get; init; }

    /// <summary>The role.</summary>
    public required Role Role { get; init; }

    /// <summary>The password; null if the person signs in otherwise, or sets one by a link.</summary>
    public string? Password { get; init; }

    /// <summary>The user in the ledger whose usage is the account's own; null for the username.</summary>
    public string? User { get; init; }

    /// <summary>The teams that a manager manages.</summary>
    public IReadOnlyList<string> Teams { get; init; } = [];

    /// <summary>The person at an identity provider who may sign in as it.</summary>
    public ExternalIdentity? ExternalIdentity { get; init; }

    /// <summary>Returns the name and the role only, so that a logged record does not reveal the password.</summary>
    public override string ToString() => $"{Username} ({Role})";
}

using Tollgate.Identity.Permissions;

namespace Tollgate.Identity.Accounts;

/// <summary>A person who may sign in. The hash of the password is not part of it.</summary>
public sealed record Account
{
    /// <summary>The name, normalized by <see cref="Accounts.Username"/>.</summary>
    public required string Username { get; init; }

    /// <summary>The role.</summary>
    public required Role Role { get; init; }

    /// <summary>The user in the ledger whose usage is the account's own; by default the username.</summary>
    public required string User { get; init; }

    /// <summary>The teams that a manager manages.</summary>
    public required IReadOnlyList<string> Teams { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was disabled; null if it may sign in.</summary>
    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>When its password was last set; null if it has none.</summary>
    public DateTimeOffset? PasswordChangedAt { get; init; }

    /// <summary>The person at an identity provider who may sign in as it; null if there is none.</summary>
    public ExternalIdentity? ExternalIdentity { get; init; }

    /// <summary>The version of the registry at its last change.</summary>
    public required long Revision { get; init; }

    /// <summary>From when on sessions must have begun to be accepted.</summary>
    internal DateTimeOffset? SessionsEndedAt { get; init; }

    /// <summary>True if it may sign in.</summary>
    public bool IsEnabled => DisabledAt is null;
}

using Tollgate.Identity.Accounts;
using Tollgate.Identity.Permissions;

namespace Tollgate.Api.Contracts.Accounts;

/// <summary>An account; never its password.</summary>
internal sealed record AccountResponse
{
    /// <summary>The name.</summary>
    public required string Username { get; init; }

    /// <summary>The role.</summary>
    public required Role Role { get; init; }

    /// <summary>The user in the ledger whose usage is the account's own.</summary>
    public required string User { get; init; }

    /// <summary>The teams that a manager manages.</summary>
    public required IReadOnlyList<string> Teams { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was disabled; null if it may sign in.</summary>
    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>When its password was last set; null if it has none.</summary>
    public DateTimeOffset? PasswordChangedAt { get; init; }

    public static AccountResponse Create(Account account) =>
        new()
        {
            Username = account.Username,
            Role = account.Role,
            User = account.User,
            Teams = account.Teams,
            CreatedAt = account.CreatedAt,
            DisabledAt = account.DisabledAt,
            PasswordChangedAt = account.PasswordChangedAt,
        };
}

/// <summary>An account to be created.</summary>
internal sealed record CreateAccountBody
{
    /// <summary>The name.</summary>
    public required string Username { get; init; }

    /// <summary>The role.</summary>
    public required Role Role { get; init; }

    /// <summary>The password; absent if the person sets one by a link.</summary>
    public string? Password { get; init; }

    /// <summary>The user in the ledger whose usage is the account's own; absent for the username.</summary>
    public string? User { get; init; }

    /// <summary>The teams that a manager manages.</summary>
    public IReadOnlyList<string>? Teams { get; init; }

    /// <summary>Returns the name and the role only, so that a logged record does not reveal the password.</summary>
    public override string ToString() => $"{Username} ({Role})";
}

/// <summary>A change to an account. Absent fields stay as they are.</summary>
internal sealed record ChangeAccountBody
{
    /// <summary>The role. A change ends all sessions of the account.</summary>
    public Role? Role { get; init; }

    /// <summary>The user in the ledger whose usage is the account's own.</summary>
    public string? User { get; init; }

    /// <summary>The teams that a manager manages.</summary>
    public IReadOnlyList<string>? Teams { get; init; }

    /// <summary>True to disable the account, which ends all its sessions; false to enable it again.</summary>
    public bool? Disabled { get; init; }
}

/// <summary>A one-time link to set a password.</summary>
internal sealed record LinkResponse
{
    /// <summary>The token of the link; it works once.</summary>
    public required string Token { get; init; }

    /// <summary>When it stops working.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Returns nothing of the token.</summary>
    public override string ToString() => nameof(LinkResponse);
}

/// <summary>A password to be set by a one-time link, or the first account.</summary>
internal sealed record UseLinkBody
{
    /// <summary>The token of the link.</summary>
    public required string Token { get; init; }

    /// <summary>The name of the first account; absent if the link is for an existing account.</summary>
    public string? Username { get; init; }

    /// <summary>The password, of at least 15 characters.</summary>
    public required string Password { get; init; }

    /// <summary>Returns nothing of token and password.</summary>
    public override string ToString() => nameof(UseLinkBody);
}

using System.Text.Json.Serialization;
using Tollgate.Identity.Permissions;

namespace Tollgate.Identity.Accounts;

/// <summary>An account as stored in its entry, whose name is the username.</summary>
internal sealed record StoredAccount
{
    public required Role Role { get; init; }

    public required string User { get; init; }

    public required IReadOnlyList<string> Teams { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DisabledAt { get; init; }

    public DateTimeOffset? PasswordChangedAt { get; init; }

    /// <summary>See <see cref="Passwords.PasswordHash"/>; null if the account has no password.</summary>
    public string? PasswordHash { get; init; }

    public string? Issuer { get; init; }

    public string? Subject { get; init; }

    /// <summary>
    /// Sessions that began earlier are not accepted, except for <see cref="KeptSession"/>. They are also ended in their
    /// store; this holds even if the process stops before it does so.
    /// </summary>
    public DateTimeOffset? SessionsEndedAt { get; init; }

    /// <summary>The session in which the password was changed.</summary>
    public Guid? KeptSession { get; init; }

    [JsonIgnore]
    public bool IsEnabledAdmin => Role == Role.Admin && DisabledAt is null;

    /// <summary>True if sessions of this account may be used, and this one began late enough.</summary>
    public bool Accepts(Guid session, DateTimeOffset createdAt) =>
        DisabledAt is null && (!(createdAt < SessionsEndedAt) || session == KeptSession);

    /// <summary>Returns the public part.</summary>
    public Account ToAccount(string username, long revision) =>
        new()
        {
            Username = username,
            Role = Role,
            User = User,
            Teams = Teams,
            CreatedAt = CreatedAt,
            DisabledAt = DisabledAt,
            PasswordChangedAt = PasswordChangedAt,
            ExternalIdentity = Issuer is null || Subject is null ? null : new ExternalIdentity(Issuer, Subject),
            Revision = revision,
            SessionsEndedAt = SessionsEndedAt,
        };

    /// <summary>Returns the role only, so that a logged record does not reveal the hash.</summary>
    public override string ToString() => $"{Role} account";
}

/// <summary>The account of an external identity, as stored in the entry that its hash names.</summary>
/// <param name="Account">The username.</param>
internal sealed record StoredIdentity(string Account);

/// <summary>
/// The entry that every change which leaves fewer administrators replaces, so that two such changes cannot both pass.
/// </summary>
/// <param name="ChangedAt">When it was last replaced.</param>
internal sealed record AdminGuard(DateTimeOffset ChangedAt);

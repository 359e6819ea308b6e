using Tollgate.Identity.Permissions;

namespace Tollgate.Identity.Tokens;

/// <summary>A token with which a program uses the management API.</summary>
public sealed record ServiceToken
{
    /// <summary>Its identity.</summary>
    public required string Id { get; init; }

    /// <summary>Its name, by which the audit trail shows it.</summary>
    public required string Name { get; init; }

    /// <summary>The first characters of the token, by which its owner recognizes it.</summary>
    public required string Prefix { get; init; }

    /// <summary>Its permissions.</summary>
    public required IReadOnlyList<Permission> Permissions { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The name of the caller that created it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>From when on it is not accepted; null if it does not expire.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was revoked; null if it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>When this process last accepted it; null if it did not since it started.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>True unless it was revoked or has expired.</summary>
    public bool IsAcceptedAt(DateTimeOffset time) => RevokedAt is null && !(ExpiresAt <= time);
}

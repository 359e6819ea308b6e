namespace Tollgate.Identity.Tokens;

/// <summary>A service token as stored in its entry, whose name is the SHA-256 of the token.</summary>
internal sealed record StoredServiceToken
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Prefix { get; init; }

    /// <summary>The names of the permissions. One that this version does not have is ignored.</summary>
    public required IReadOnlyList<string> Permissions { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }
}

/// <summary>
/// The entry of a name that each new token of that name replaces, so that there are never two at the same time.
/// </summary>
/// <param name="Id">The newest token of the name.</param>
internal sealed record ServiceTokenGuard(string Id);

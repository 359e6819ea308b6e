namespace Tollgate.Accounting.Registry;

/// <summary>What is known of a virtual key. The key itself is known only to whom it was given.</summary>
public sealed record VirtualKey
{
    /// <summary>The public id, under which usage is booked.</summary>
    public required string Id { get; init; }

    /// <summary>The first characters of the key, by which its owner recognises it.</summary>
    public required string Prefix { get; init; }

    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The user whom all its usage is booked to, whatever a request says; null leaves it to the request.
    /// </summary>
    public string? User { get; init; }

    /// <summary>
    /// The project that all its usage is booked to, whatever a request says; null leaves it to the request.
    /// </summary>
    public string? Project { get; init; }

    /// <summary>The team that it belongs to, for limits; calls have no such dimension.</summary>
    public string? Team { get; init; }

    /// <summary>The organisation that it belongs to, for limits; calls have no such dimension.</summary>
    public string? Organization { get; init; }

    /// <summary>Free notes of whoever made it; null where there are none.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>The only models or model groups it may call; null is every one.</summary>
    public IReadOnlyList<string>? AllowedModels { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The first moment at which it is no longer accepted; null is never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was revoked; null where it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>When its secret was last replaced; null where it never was.</summary>
    public DateTimeOffset? RotatedAt { get; init; }

    /// <summary>Whether it may call a model, by exact name.</summary>
    public bool Allows(string model) => AllowedModels is null || AllowedModels.Contains(model, StringComparer.Ordinal);

    /// <summary>Whether it is accepted at a moment.</summary>
    public VirtualKeyStanding StandingAt(DateTimeOffset now) =>
        RevokedAt is not null ? VirtualKeyStanding.Revoked
        : ExpiresAt <= now ? VirtualKeyStanding.Expired
        : VirtualKeyStanding.Active;
}

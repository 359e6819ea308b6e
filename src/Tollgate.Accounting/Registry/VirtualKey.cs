namespace Tollgate.Accounting.Registry;

/// <summary>The public properties of a virtual key. The key itself is known only to its recipient.</summary>
public sealed record VirtualKey
{
    /// <summary>The public id, under which usage is recorded.</summary>
    public required string Id { get; init; }

    /// <summary>The first characters of the key, by which its owner recognizes it.</summary>
    public required string Prefix { get; init; }

    /// <summary>The name of the key.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The user that all its usage is attributed to, whatever a request contains; null leaves it to the request.
    /// </summary>
    public string? User { get; init; }

    /// <summary>
    /// The project to which all its usage is attributed, whatever a request contains; null leaves it to the request.
    /// </summary>
    public string? Project { get; init; }

    /// <summary>The team to which it belongs, for limits; calls have no such dimension.</summary>
    public string? Team { get; init; }

    /// <summary>The organization to which it belongs, for limits; calls have no such dimension.</summary>
    public string? Organization { get; init; }

    /// <summary>Free-form notes of its creator; null if there are none.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>The only models or model groups it may call; null allows all.</summary>
    public IReadOnlyList<string>? AllowedModels { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The time from which it is no longer accepted; null if it never expires.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was revoked; null if it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>When its secret was last replaced; null if it never was.</summary>
    public DateTimeOffset? RotatedAt { get; init; }

    /// <summary>True if it may call the model with this exact name.</summary>
    public bool Allows(string model) => AllowedModels is null || AllowedModels.Contains(model, StringComparer.Ordinal);

    /// <summary>Returns its status at a given time.</summary>
    public VirtualKeyStatus StatusAt(DateTimeOffset now) =>
        RevokedAt is not null ? VirtualKeyStatus.Revoked
        : ExpiresAt <= now ? VirtualKeyStatus.Expired
        : VirtualKeyStatus.Active;
}

namespace Tollgate.Accounting.Registry;

/// <summary>
/// A virtual key as stored in its entry, whose name is the id of the key. The key itself is not stored, only its
/// SHA-256.
/// </summary>
internal sealed record StoredKey
{
    /// <summary>64 hexadecimal digits.</summary>
    public required string Hash { get; init; }

    public required string Prefix { get; init; }

    public required string Name { get; init; }

    public string? User { get; init; }

    public string? Project { get; init; }

    public string? Team { get; init; }

    public string? Organization { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    public IReadOnlyList<string>? AllowedModels { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public DateTimeOffset? RotatedAt { get; init; }

    /// <summary>Replaced secrets that still work for a while.</summary>
    public IReadOnlyList<PreviousSecret>? Former { get; init; }

    public VirtualKey ToKey(string id) =>
        new()
        {
            Id = id,
            Prefix = Prefix,
            Name = Name,
            User = User,
            Project = Project,
            Team = Team,
            Organization = Organization,
            Metadata = Metadata,
            AllowedModels = AllowedModels,
            CreatedAt = CreatedAt,
            ExpiresAt = ExpiresAt,
            RevokedAt = RevokedAt,
            RotatedAt = RotatedAt,
        };
}

/// <summary>A secret that was replaced.</summary>
/// <param name="Hash">64 hexadecimal digits.</param>
/// <param name="Until">The first time at which it no longer works.</param>
internal sealed record PreviousSecret(string Hash, DateTimeOffset Until);

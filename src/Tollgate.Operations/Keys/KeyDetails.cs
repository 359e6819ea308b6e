using Tollgate.Accounting.Registry;

namespace Tollgate.Operations.Keys;

/// <summary>A virtual key and its status; never the key itself.</summary>
public sealed record KeyDetails
{
    /// <inheritdoc cref="VirtualKey.Id"/>
    public required string Id { get; init; }

    /// <inheritdoc cref="VirtualKeyState.Prefix"/>
    public required string Prefix { get; init; }

    /// <inheritdoc cref="VirtualKeyProperties.Name"/>
    public required string Name { get; init; }

    /// <inheritdoc cref="VirtualKeyProperties.User"/>
    public string? User { get; init; }

    /// <inheritdoc cref="VirtualKeyProperties.Project"/>
    public string? Project { get; init; }

    /// <inheritdoc cref="VirtualKeyProperties.Team"/>
    public string? Team { get; init; }

    /// <inheritdoc cref="VirtualKeyProperties.Organization"/>
    public string? Organization { get; init; }

    /// <summary>The only models or model groups that it may call; null allows all.</summary>
    public IReadOnlyList<string>? Models { get; init; }

    /// <inheritdoc cref="VirtualKeyProperties.Metadata"/>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <inheritdoc cref="VirtualKeyState.CreatedAt"/>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <inheritdoc cref="VirtualKeyProperties.ExpiresAt"/>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <inheritdoc cref="VirtualKeyState.RevokedAt"/>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <inheritdoc cref="VirtualKeyState.RotatedAt"/>
    public DateTimeOffset? RotatedAt { get; init; }

    /// <summary>The current status.</summary>
    public required VirtualKeyStatus Status { get; init; }

    internal static KeyDetails Create(VirtualKey key, DateTimeOffset now) =>
        new()
        {
            Id = key.Id,
            Prefix = key.Prefix,
            Name = key.Name,
            User = key.User,
            Project = key.Project,
            Team = key.Team,
            Organization = key.Organization,
            Models = key.AllowedModels,
            Metadata = key.Metadata,
            CreatedAt = key.CreatedAt,
            ExpiresAt = key.ExpiresAt,
            RevokedAt = key.RevokedAt,
            RotatedAt = key.RotatedAt,
            Status = key.StatusAt(now),
        };
}

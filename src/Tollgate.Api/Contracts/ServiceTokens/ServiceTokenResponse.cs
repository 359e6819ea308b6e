using Tollgate.Identity.Permissions;
using Tollgate.Identity.Tokens;

namespace Tollgate.Api.Contracts.ServiceTokens;

/// <summary>A token of a program; never its secret.</summary>
internal sealed record ServiceTokenResponse
{
    /// <summary>The identity.</summary>
    public required string Id { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The first characters of the secret, by which its owner recognizes it.</summary>
    public required string Prefix { get; init; }

    /// <summary>The permissions, such as <c>usage:read</c>.</summary>
    public required IReadOnlyList<string> Permissions { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The account or token that created it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it expires; null if it does not.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was revoked; null if it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>When this gateway last accepted it; null if it did not since its start.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    public static ServiceTokenResponse Create(ServiceToken token) =>
        new()
        {
            Id = token.Id,
            Name = token.Name,
            Prefix = token.Prefix,
            Permissions = [.. token.Permissions.Select(PermissionNames.ToName)],
            CreatedAt = token.CreatedAt,
            CreatedBy = token.CreatedBy,
            ExpiresAt = token.ExpiresAt,
            RevokedAt = token.RevokedAt,
            LastUsedAt = token.LastUsedAt,
        };
}

/// <summary>A token to be created.</summary>
internal sealed record CreateServiceTokenBody
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The permissions, at most those of its creator.</summary>
    public required IReadOnlyList<string> Permissions { get; init; }

    /// <summary>When it expires; absent if it does not.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>A token that was created.</summary>
/// <param name="Token">The token.</param>
/// <param name="Secret">The token itself. It is not stored: this is the only chance to hand it over.</param>
internal sealed record IssuedServiceToken(ServiceTokenResponse Token, string Secret)
{
    /// <summary>Returns the public part only, so that a logged record does not reveal the secret.</summary>
    public override string ToString() => $"{Token.Prefix}… ({Token.Name})";
}

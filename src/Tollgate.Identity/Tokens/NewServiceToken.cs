using Tollgate.Identity.Permissions;

namespace Tollgate.Identity.Tokens;

/// <summary>A request to create a service token.</summary>
/// <param name="Name">The name: 1 to 64 letters, digits, and the characters . _ - @ +</param>
/// <param name="Permissions">The permissions, which the caller must have.</param>
/// <param name="ExpiresAt">From when on it is not accepted; null if it does not expire.</param>
public sealed record NewServiceToken(
    string Name,
    IReadOnlyList<Permission> Permissions,
    DateTimeOffset? ExpiresAt = null
);

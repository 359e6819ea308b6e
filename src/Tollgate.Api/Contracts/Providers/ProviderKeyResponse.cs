using Tollgate.Identity.Providers;

namespace Tollgate.Api.Contracts.Providers;

/// <summary>A stored key of a provider, without its secret.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Hint">The last characters of the key, such as <c>sk-…a1b2</c>.</param>
/// <param name="CreatedAt">When it was stored.</param>
internal sealed record ProviderKeyResponse(string Provider, string Hint, DateTimeOffset CreatedAt)
{
    /// <summary>Creates the contract of a key.</summary>
    public static ProviderKeyResponse Create(ProviderKey key) => new(key.Provider, key.Hint, key.CreatedAt);
}

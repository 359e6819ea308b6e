using Tollgate.Identity.Secrets;

namespace Tollgate.Identity.Providers;

/// <summary>A key of a provider, as stored in its entry, whose name is the provider's id.</summary>
/// <param name="CreatedAt">When it was stored.</param>
/// <param name="Hint">Its last characters.</param>
/// <param name="Secret">The encrypted key, in UTF-8.</param>
internal sealed record StoredProviderKey(DateTimeOffset CreatedAt, string Hint, SealedSecret Secret)
{
    /// <summary>Returns it without its secret.</summary>
    public ProviderKey ToKey(string provider) => new(provider, Hint, CreatedAt, Secret.KeyId);
}

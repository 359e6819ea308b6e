namespace Tollgate.Identity.Providers;

/// <summary>A stored key of a provider, without its secret.</summary>
/// <param name="Provider">The provider's id.</param>
/// <param name="Hint">Its last characters, such as <c>sk-…a1b2</c>, by which people recognize it.</param>
/// <param name="CreatedAt">When it was stored.</param>
/// <param name="MasterKeyId">The id of the master key that it is encrypted with.</param>
public sealed record ProviderKey(string Provider, string Hint, DateTimeOffset CreatedAt, string MasterKeyId);

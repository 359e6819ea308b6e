namespace Tollgate.Identity.Providers;

/// <summary>The outcome of storing a key.</summary>
/// <param name="Before">The key before; null if there was none.</param>
/// <param name="After">The key after; null if it was not stored.</param>
/// <param name="Problem">Why it was not stored; null if it was. It does not contain the key.</param>
public sealed record ProviderKeyChange(ProviderKey? Before, ProviderKey? After, string? Problem);

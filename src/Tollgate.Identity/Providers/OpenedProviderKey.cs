namespace Tollgate.Identity.Providers;

/// <summary>A stored key as a gateway has opened it.</summary>
/// <param name="Stored">The key without its secret; null if the entry cannot be read.</param>
/// <param name="Secret">The key itself; null if it cannot be decrypted.</param>
/// <param name="Problem">Why it cannot be decrypted; null if it was.</param>
public sealed record OpenedProviderKey(ProviderKey? Stored, string? Secret, string? Problem)
{
    /// <summary>The hint only, so that a logged key reveals nothing.</summary>
    public override string ToString() => Stored?.Hint ?? "";
}

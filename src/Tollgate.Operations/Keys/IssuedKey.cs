namespace Tollgate.Operations.Keys;

/// <summary>A key with a new secret.</summary>
/// <param name="Key">The public properties.</param>
/// <param name="Secret">The key itself. It is not stored: this is the only chance to hand it over.</param>
/// <param name="OldSecretWorksUntil">For a rotated key, how long its old secret works; null if it no longer
/// does.</param>
public sealed record IssuedKey(KeyDetails Key, string Secret, DateTimeOffset? OldSecretWorksUntil = null)
{
    /// <summary>Returns the public part only, so that a logged record does not reveal the key.</summary>
    public override string ToString() => $"{Key.Prefix}… ({Key.Id})";
}

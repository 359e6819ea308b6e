namespace Tollgate.Identity.Secrets;

/// <summary>A secret as it is stored: encrypted with its own data key, which the master key encrypts.</summary>
/// <param name="KeyId">The <see cref="MasterKey.Id"/> of the master key.</param>
/// <param name="WrappedKey">The encrypted data key: nonce (12 bytes), ciphertext, tag (16 bytes), as base64.</param>
/// <param name="Data">The encrypted secret, in the same form.</param>
public sealed record SealedSecret(string KeyId, string WrappedKey, string Data);

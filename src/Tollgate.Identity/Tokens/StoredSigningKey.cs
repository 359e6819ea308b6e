using Tollgate.Identity.Secrets;

namespace Tollgate.Identity.Tokens;

/// <summary>A key that signs access tokens, as stored in its entry, whose name is its <c>kid</c>.</summary>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="PublicKey">The public key, SubjectPublicKeyInfo as base64.</param>
/// <param name="PrivateKey">The encrypted private key, PKCS #8.</param>
internal sealed record StoredSigningKey(DateTimeOffset CreatedAt, string PublicKey, SealedSecret PrivateKey);

/// <summary>The entry that each new signing key replaces, so that several processes do not create one each.</summary>
/// <param name="Kid">The newest key.</param>
internal sealed record SigningKeyGuard(string Kid);

using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Tollgate.Identity.Tokens;

/// <summary>A key that signs access tokens: its public part, and the encrypted private one.</summary>
internal sealed class SigningKey(string kid, StoredSigningKey stored)
{
    /// <summary>The library's cache would keep keys that are no longer in use.</summary>
    private static readonly CryptoProviderFactory WithoutCache = new() { CacheSignatureProviders = false };

    private ECDsaSecurityKey? _public;

    /// <summary>The identifier in the header of tokens.</summary>
    public string Kid { get; } = kid;

    public StoredSigningKey Stored { get; } = stored;

    /// <summary>The key that verifies.</summary>
    public ECDsaSecurityKey PublicKey => _public ??= CreatePublicKey();

    /// <summary>Creates the key that signs from its decrypted private part.</summary>
    public ECDsaSecurityKey CreatePrivateKey(ReadOnlySpan<byte> pkcs8)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(pkcs8, out _);
        return ToSecurityKey(key);
    }

    private ECDsaSecurityKey CreatePublicKey()
    {
        var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(Stored.PublicKey), out _);
        return ToSecurityKey(key);
    }

    private ECDsaSecurityKey ToSecurityKey(ECDsa key) => new(key) { KeyId = Kid, CryptoProviderFactory = WithoutCache };
}

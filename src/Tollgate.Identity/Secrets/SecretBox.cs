using System.Security.Cryptography;
using System.Text;

namespace Tollgate.Identity.Secrets;

/// <summary>
/// Encrypts secrets for the registry with AES-256-GCM. Each has a data key of its own, so a new master key only has to
/// encrypt the data keys again (<see cref="Rewrap"/>). The kind and the name of the entry are authenticated: a secret
/// copied to another entry cannot be opened.
/// </summary>
/// <param name="current">The master key for new secrets.</param>
/// <param name="previous">Former master keys, whose secrets can still be opened.</param>
public sealed class SecretBox(MasterKey current, params IReadOnlyList<MasterKey> previous)
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    /// <summary>Encrypts a secret.</summary>
    /// <param name="kind">The kind of its entry.</param>
    /// <param name="name">The name of its entry.</param>
    /// <param name="secret">The secret.</param>
    public SealedSecret Seal(string kind, string name, ReadOnlySpan<byte> secret)
    {
        var dataKey = RandomNumberGenerator.GetBytes(MasterKey.Size);
        try
        {
            return new SealedSecret(
                current.Id,
                Encrypt(current.Bytes, dataKey, CreateContext("key", kind, name)),
                Encrypt(dataKey, secret, CreateContext("data", kind, name))
            );
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dataKey);
        }
    }

    /// <summary>Decrypts a secret.</summary>
    /// <exception cref="InvalidDataException">It was encrypted with another master key or for another entry, or it was
    /// changed.</exception>
    public byte[] Open(string kind, string name, SealedSecret secret)
    {
        var dataKey = Unwrap(kind, name, secret);
        try
        {
            return Decrypt(dataKey, secret.Data, CreateContext("data", kind, name))
                ?? throw CreateUnreadableException(kind, name, "it was changed, or it belongs to another entry");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dataKey);
        }
    }

    /// <summary>
    /// Encrypts the data key of a secret with the current master key; returns the same secret if it already is.
    /// </summary>
    /// <exception cref="InvalidDataException">The secret cannot be opened.</exception>
    public SealedSecret Rewrap(string kind, string name, SealedSecret secret)
    {
        if (secret.KeyId == current.Id)
            return secret;
        var dataKey = Unwrap(kind, name, secret);
        try
        {
            return secret with
            {
                KeyId = current.Id,
                WrappedKey = Encrypt(current.Bytes, dataKey, CreateContext("key", kind, name)),
            };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dataKey);
        }
    }

    private byte[] Unwrap(string kind, string name, SealedSecret secret)
    {
        var key =
            new[] { current }.Concat(previous).FirstOrDefault(known => known.Id == secret.KeyId)
            ?? throw CreateUnreadableException(
                kind,
                name,
                $"it was encrypted with the master key {secret.KeyId}, and this process has {current.Id}. Set "
                    + $"{IdentityOptions.MasterKeyVariable}, or the file with the key, to the same key in all processes"
            );
        return Decrypt(key.Bytes, secret.WrappedKey, CreateContext("key", kind, name))
            ?? throw CreateUnreadableException(kind, name, "it was changed, or it belongs to another entry");
    }

    private static string Encrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plain, byte[] context)
    {
        var box = new byte[NonceSize + plain.Length + TagSize];
        var nonce = box.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(nonce, plain, box.AsSpan(NonceSize, plain.Length), box.AsSpan(NonceSize + plain.Length), context);
        return Convert.ToBase64String(box);
    }

    /// <summary>Returns null if the text is not what was encrypted with this key and context.</summary>
    private static byte[]? Decrypt(ReadOnlySpan<byte> key, string text, byte[] context)
    {
        try
        {
            var box = Convert.FromBase64String(text).AsSpan();
            if (box.Length < NonceSize + TagSize)
                return null;
            var plain = new byte[box.Length - NonceSize - TagSize];
            using var aes = new AesGcm(key, TagSize);
            aes.Decrypt(box[..NonceSize], box[NonceSize..^TagSize], box[^TagSize..], plain, context);
            return plain;
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Kinds contain no line breaks, so different entries have different contexts.</summary>
    private static byte[] CreateContext(string part, string kind, string name) =>
        Encoding.UTF8.GetBytes($"tollgate.v1\n{part}\n{kind}\n{name}");

    private static InvalidDataException CreateUnreadableException(string kind, string name, string reason) =>
        new($"The secret of the {kind} '{name}' in the registry cannot be decrypted: {reason}.");
}

using System.Buffers;
using System.Security.Cryptography;

namespace Tollgate.Identity.Secrets;

/// <summary>
/// The key that protects the secrets in the registry, 256 bits. All processes on one registry need the same.
/// </summary>
public sealed class MasterKey
{
    /// <summary>The size of a key, in bytes.</summary>
    public const int Size = 32;

    private const int IdLength = 16;

    private readonly byte[] _key;

    /// <summary>Creates a key from its bytes.</summary>
    /// <exception cref="ArgumentException">There are not exactly <see cref="Size"/> bytes.</exception>
    public MasterKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != Size)
            throw new ArgumentException($"A master key must have {Size} bytes, not {key.Length}.", nameof(key));
        _key = key.ToArray();
        // The id is stored beside secrets, so it must not help to find the key: it is the hash of 256 random bits.
        Id = Convert.ToHexStringLower(SHA256.HashData([.. "tollgate master key id"u8, .. _key]))[..IdLength];
    }

    /// <summary>An identifier that reveals nothing of the key; stored with each secret.</summary>
    public string Id { get; }

    internal ReadOnlySpan<byte> Bytes => _key;

    /// <summary>Creates a random key.</summary>
    public static MasterKey Create() => new(RandomNumberGenerator.GetBytes(Size));

    /// <summary>Parses 44 characters of base64 or 64 hexadecimal digits.</summary>
    /// <param name="text">The key; white space around it is ignored.</param>
    /// <param name="source">Where it is from, for the message of an error.</param>
    /// <exception cref="FormatException">It is neither; the message does not contain it.</exception>
    public static MasterKey Parse(string text, string source)
    {
        var trimmed = text.AsSpan().Trim();
        Span<byte> bytes = stackalloc byte[Size + 1];
        var isHex =
            trimmed.Length == Size * 2 && Convert.FromHexString(trimmed, bytes, out _, out _) == OperationStatus.Done;
        if (isHex || (Convert.TryFromBase64Chars(trimmed, bytes, out var written) && written == Size))
            return new MasterKey(bytes[..Size]);
        throw new FormatException(
            $"{source} does not contain a master key. Allowed are {Size} bytes as 44 characters of base64 or as "
                + $"{Size * 2} hexadecimal digits; it has {trimmed.Length} characters. Create one with "
                + $"'openssl rand -base64 {Size}'."
        );
    }

    /// <summary>Returns the key as base64, as it is written to a file.</summary>
    internal string Export() => Convert.ToBase64String(_key);

    /// <summary>Returns its id only, so that a logged key reveals nothing.</summary>
    public override string ToString() => $"master key {Id}";
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Tollgate.Accounting.Registry;

/// <summary>
/// The SHA-256 of a key. A plain hash is enough: a key is 256 random bits, so guessing is infeasible and slowing it
/// down adds nothing.
/// </summary>
internal readonly struct KeyHash : IEquatable<KeyHash>
{
    public const int Size = 32;

    /// <summary>Longer texts are not keys; hashing them would only let a client cause work.</summary>
    private const int MaxKeyLength = 512;

    private readonly Bytes _bytes;

    public KeyHash(ReadOnlySpan<byte> hash) => hash.CopyTo(_bytes);

    /// <summary>Hashes a presented key; returns false if it cannot be a key.</summary>
    public static bool TryCompute(ReadOnlySpan<char> key, out KeyHash hash)
    {
        hash = default;
        if (key.Length is 0 or > MaxKeyLength || !Ascii.IsValid(key))
            return false;
        Span<byte> bytes = stackalloc byte[MaxKeyLength];
        var length = Encoding.ASCII.GetBytes(key, bytes);
        return TryCompute(bytes[..length], out hash);
    }

    /// <inheritdoc cref="TryCompute(ReadOnlySpan{char}, out KeyHash)"/>
    public static bool TryCompute(ReadOnlySpan<byte> key, out KeyHash hash)
    {
        hash = default;
        if (key.Length is 0 or > MaxKeyLength)
            return false;
        Span<byte> bytes = stackalloc byte[Size];
        SHA256.HashData(key, bytes);
        hash = new KeyHash(bytes);
        return true;
    }

    /// <summary>Parses 64 hexadecimal digits.</summary>
    /// <exception cref="FormatException">The text does not have 64 hexadecimal digits.</exception>
    public static KeyHash Parse(string digits)
    {
        var bytes = Convert.FromHexString(digits);
        return bytes.Length == Size
            ? new KeyHash(bytes)
            : throw new FormatException($"A key hash must have {Size} bytes, not {bytes.Length}.");
    }

    /// <summary>Returns 64 hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(_bytes);

    /// <summary>
    /// Compares in constant time, so that the response time does not reveal how much of a hash matched.
    /// </summary>
    public bool Equals(KeyHash other) => CryptographicOperations.FixedTimeEquals(_bytes, other._bytes);

    public override bool Equals(object? obj) => obj is KeyHash other && Equals(other);

    /// <summary>Uses the first bytes, which are as good a hash code as any.</summary>
    public override int GetHashCode() => MemoryMarshal.Read<int>(_bytes);

    [InlineArray(Size)]
    private struct Bytes
    {
        private byte _first;
    }
}

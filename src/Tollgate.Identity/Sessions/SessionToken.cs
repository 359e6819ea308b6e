using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using Tollgate.Accounting.Registry;

namespace Tollgate.Identity.Sessions;

/// <summary>
/// The secret of a session as its client holds it: base64url of the session's identity (16 bytes) and 32 random bytes.
/// The store has only the hash of the random bytes.
/// </summary>
/// <param name="Id">The session.</param>
/// <param name="Hash">The hash of the presented secret.</param>
internal readonly record struct SessionToken(Guid Id, KeyHash Hash)
{
    private const int IdSize = 16;
    private const int SecretSize = 32;
    private const int Length = (IdSize + SecretSize) / 3 * 4;

    /// <summary>Creates a secret for a session.</summary>
    /// <param name="id">The session.</param>
    /// <param name="hash">The hash to store.</param>
    /// <returns>The token for the client.</returns>
    public static string Create(Guid id, out string hash)
    {
        Span<byte> bytes = stackalloc byte[IdSize + SecretSize];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        RandomNumberGenerator.Fill(bytes[IdSize..]);
        KeyHash.TryCompute(bytes[IdSize..], out var computed);
        hash = computed.ToString();
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Parses a presented token; returns false if it cannot be one.</summary>
    public static bool TryParse(string? text, out SessionToken token)
    {
        token = default;
        if (text?.Length != Length)
            return false;
        Span<byte> bytes = stackalloc byte[IdSize + SecretSize];
        if (
            Base64Url.DecodeFromChars(text, bytes, out _, out var written) != OperationStatus.Done
            || written != bytes.Length
        )
            return false;
        KeyHash.TryCompute(bytes[IdSize..], out var hash);
        token = new SessionToken(new Guid(bytes[..IdSize], bigEndian: true), hash);
        return true;
    }

    /// <summary>True if a stored hash is that of the presented secret; compares in constant time.</summary>
    public bool Matches(string storedHash) => KeyHash.Parse(storedHash).Equals(Hash);
}

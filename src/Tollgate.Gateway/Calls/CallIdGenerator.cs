using System.Security.Cryptography;

namespace Tollgate.Gateway.Calls;

/// <summary>
/// Generates the ids of calls: UUIDv7 (RFC 9562, section 5.7), as <see cref="Guid.CreateVersion7(DateTimeOffset)"/>
/// does, but draws the random bits from the system for many ids at once, since each draw is a system call.
/// </summary>
internal static class CallIdGenerator
{
    private const int IdentityBytes = 16;
    private const int BlockBytes = 256 * IdentityBytes;

    [ThreadStatic]
    private static byte[]? _block;

    [ThreadStatic]
    private static int _used;

    public static Guid Next(DateTimeOffset now)
    {
        var bytes = NextRandomBytes();
        var milliseconds = now.ToUnixTimeMilliseconds();
        for (var index = 0; index < 6; index++)
            bytes[index] = (byte)(milliseconds >> (8 * (5 - index)));
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70); // Version 7.
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80); // The variant of RFC 9562.
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>Sixteen random bytes that have not been used for anything else.</summary>
    private static Span<byte> NextRandomBytes()
    {
        var block = _block ??= new byte[BlockBytes];
        if (_used == 0 || _used == BlockBytes)
        {
            RandomNumberGenerator.Fill(block);
            _used = 0;
        }

        var bytes = block.AsSpan(_used, IdentityBytes);
        _used += IdentityBytes;
        return bytes;
    }
}

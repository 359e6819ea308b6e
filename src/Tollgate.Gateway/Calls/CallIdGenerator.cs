using System.Security.Cryptography;

namespace Tollgate.Gateway.Calls;

/// <summary>
/// Generates the ids of calls: UUIDv7 (RFC 9562, section 5.7), as <see cref="Guid.CreateVersion7(DateTimeOffset)"/>
/// does, but draws the random bits from the system for many ids at once, since each draw is a system call.
/// </summary>
internal sealed class CallIdGenerator : IDisposable
{
    private readonly ThreadLocal<RandomBlock> _blocks = new(static () => new RandomBlock());

    public Guid Next(DateTimeOffset now)
    {
        var bytes = _blocks.Value!.Next();
        var milliseconds = now.ToUnixTimeMilliseconds();
        for (var index = 0; index < 6; index++)
            bytes[index] = (byte)(milliseconds >> (8 * (5 - index)));
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70); // Version 7.
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80); // The variant of RFC 9562.
        return new Guid(bytes, bigEndian: true);
    }

    public void Dispose() => _blocks.Dispose();

    /// <summary>The random bits of one thread.</summary>
    private sealed class RandomBlock
    {
        private const int IdBytes = 16;

        private readonly byte[] _bytes = new byte[256 * IdBytes];
        private int _used;

        /// <summary>Sixteen random bytes that have not been used for anything else.</summary>
        public Span<byte> Next()
        {
            if (_used is 0 || _used == _bytes.Length)
            {
                RandomNumberGenerator.Fill(_bytes);
                _used = 0;
            }

            var bytes = _bytes.AsSpan(_used, IdBytes);
            _used += IdBytes;
            return bytes;
        }
    }
}

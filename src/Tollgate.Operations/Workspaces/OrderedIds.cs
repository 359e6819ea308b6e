using System.Buffers.Binary;

namespace Tollgate.Operations.Workspaces;

/// <summary>
/// Ids (UUIDv7) in a definite order, even within a millisecond. The 12 bits after the milliseconds hold the fraction of
/// the millisecond; an id that would not be greater than the one before is one step greater (RFC 9562, 6.2, method 3).
/// </summary>
internal sealed class OrderedIds
{
    private const int FractionBits = 12;
    private const long FractionMask = (1 << FractionBits) - 1;

    private long _last;

    /// <summary>Returns an id that is greater than all returned before, also if the clock was set back.</summary>
    public Guid Create(DateTimeOffset now)
    {
        var step = Advance(ToStep(now));
        Span<byte> bytes = stackalloc byte[16];
        // The random part, and the variant.
        Guid.CreateVersion7(now).TryWriteBytes(bytes, bigEndian: true, out _);
        var milliseconds = step >> FractionBits;
        BinaryPrimitives.WriteInt32BigEndian(bytes, (int)(milliseconds >> 16));
        BinaryPrimitives.WriteInt16BigEndian(bytes[4..], (short)milliseconds);
        BinaryPrimitives.WriteInt16BigEndian(bytes[6..], (short)(0x7000 | (step & FractionMask)));
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The time in units of 1/4096 of a millisecond.</summary>
    private static long ToStep(DateTimeOffset now)
    {
        var fraction = now.UtcTicks % TimeSpan.TicksPerMillisecond;
        return (now.ToUnixTimeMilliseconds() << FractionBits)
            | ((fraction << FractionBits) / TimeSpan.TicksPerMillisecond);
    }

    private long Advance(long step)
    {
        while (true)
        {
            var last = Volatile.Read(ref _last);
            var next = Math.Max(step, last + 1);
            if (Interlocked.CompareExchange(ref _last, next, last) == last)
                return next;
        }
    }
}

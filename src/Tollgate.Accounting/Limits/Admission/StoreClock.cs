using Tollgate.Accounting.Limits.Leases;

namespace Tollgate.Accounting.Limits.Admission;

/// <summary>
/// What a gate knows of its store's clock, and until when what it holds is good. Read from any thread, written by the
/// exchange only.
/// </summary>
internal sealed class StoreClock(TimeProvider clock, TimeSpan lease)
{
    /// <summary>A fifth of a lease is left for clocks that do not run alike.</summary>
    private const double UsedPart = 0.8;

    private long _leaseEnd;
    private long _offset;

    /// <summary>The store's time as far as is known, in microseconds since 1970.</summary>
    public long Now => Local + Volatile.Read(ref _offset);

    /// <summary>Whether what is held may be used: an operator could by now have given it to others.</summary>
    public bool IsGood => clock.GetTimestamp() < Volatile.Read(ref _leaseEnd);

    /// <summary>Whether it is time to be heard of again.</summary>
    public bool IsHalfOver => clock.GetElapsedTime(clock.GetTimestamp(), Volatile.Read(ref _leaseEnd)) < lease / 2;

    private long Local => Micros(clock.GetUtcNow() - DateTimeOffset.UnixEpoch);

    /// <summary>When an exchange is sent, by both of the gate's own clocks.</summary>
    public (long Timestamp, long Micros) Stamp() => (clock.GetTimestamp(), Local);

    /// <summary>Takes in an answer to an exchange that was sent then.</summary>
    public void Answered(GrantAnswer answer, (long Timestamp, long Micros) sent)
    {
        // The store's moment was some time between sending and now; what was known of its clock stays, as far as that
        // can be.
        var (least, most) = (answer.Now - Local, answer.Now - sent.Micros);
        Volatile.Write(ref _offset, Math.Clamp(_offset, Math.Min(least, most), Math.Max(least, most)));
        Volatile.Write(
            ref _leaseEnd,
            sent.Timestamp + (long)(lease.TotalSeconds * UsedPart * clock.TimestampFrequency)
        );
    }

    public static long Micros(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMicrosecond;
}

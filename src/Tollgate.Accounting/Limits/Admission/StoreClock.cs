using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.Time;

namespace Tollgate.Accounting.Limits.Admission;

/// <summary>
/// The store's clock as known to a gateway, and when its leases expire. Read from any thread, written only by
/// the exchange.
/// </summary>
internal sealed class StoreClock(TimeProvider clock, TimeSpan lease)
{
    /// <summary>A fifth of the lease is reserved for differences between clocks.</summary>
    private const double UsableLeaseFraction = 0.8;

    private long _leaseEnd;
    private long _offset;

    /// <summary>The store's time as far as is known.</summary>
    public UnixMicros Now => new(Local.Value + Volatile.Read(ref _offset));

    /// <summary>
    /// True if leased quota may be used: after the lease has expired, an operator may have released it to others.
    /// </summary>
    public bool IsLeaseValid => clock.GetTimestamp() < Volatile.Read(ref _leaseEnd);

    /// <summary>True if it is time to renew the lease.</summary>
    public bool ShouldRenew => clock.GetElapsedTime(clock.GetTimestamp(), Volatile.Read(ref _leaseEnd)) < lease / 2;

    private UnixMicros Local => UnixMicros.FromTime(clock.GetUtcNow());

    /// <summary>The time of sending an exchange, by the monotonic and the wall clock of the gateway.</summary>
    public (long Timestamp, UnixMicros Time) Stamp() => (clock.GetTimestamp(), Local);

    /// <summary>Applies the response to an exchange that was sent at a given time.</summary>
    public void ApplyResponse(LeaseResponse answer, (long Timestamp, UnixMicros Time) sent)
    {
        // The store's time lies somewhere between sending and now; the known offset is kept as far as it fits.
        var (least, most) = (answer.Now.Value - Local.Value, answer.Now.Value - sent.Time.Value);
        Volatile.Write(ref _offset, Math.Clamp(_offset, Math.Min(least, most), Math.Max(least, most)));
        Volatile.Write(
            ref _leaseEnd,
            sent.Timestamp + (long)(lease.TotalSeconds * UsableLeaseFraction * clock.TimestampFrequency)
        );
    }
}

using Tollgate.Accounting.Time;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Accounting.Limits.Leases;

/// <summary>
/// The rows of a limit that can never count again, the same for every store. All times in microseconds since 1970.
/// </summary>
/// <param name="Id">The limit.</param>
/// <param name="Before">Rows of windows that began before it; 0 if windows do not end.</param>
/// <param name="RefillRate">For a bucket, what drains in a microsecond, in the unit of its debt; null if it is not a
/// bucket or nothing drains.</param>
/// <param name="NotifiedBefore">Threshold levels of a rolling window or a bucket that were reported before it, once
/// nothing of them is counted; 0 if they are kept.</param>
public readonly record struct PruneCriteria(string Id, long Before, Int128? RefillRate, long NotifiedBefore)
{
    private const long DayMicros = 24 * 3600 * 1_000_000L;

    /// <summary>
    /// Returns the prunable rows of a limit at a given time. A day is added, because a call in flight is charged to the
    /// window in which it began.
    /// </summary>
    public static PruneCriteria ForLimit(Limit limit, UnixMicros now)
    {
        var oldest = LeaseAllocator.WindowsAt(limit, now).OldestBooked;
        var length = limit.Window switch
        {
            RollingWindow rolling => rolling.Length,
            BucketWindow bucket => bucket.Period,
            _ => (TimeSpan?)null,
        };
        var inflow =
            limit.Window is BucketWindow
            && limit.AmountAt(now.ToTime()) is { } amount
            && amount > 0
                ? amount
                : (Int128?)null;
        return new PruneCriteria(
            limit.Id,
            Math.Max(0, oldest - DayMicros),
            inflow,
            length is { } time ? now.Value - (time.Ticks / TimeSpan.TicksPerMicrosecond) - DayMicros : 0
        );
    }
}

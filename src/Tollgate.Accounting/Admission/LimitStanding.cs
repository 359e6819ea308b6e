using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Accounting.Admission;

/// <summary>How a limit stands after a call was let through.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Target">Whose count it is, where the limit counts each for itself; else empty.</param>
/// <param name="Allowed">What is allowed.</param>
/// <param name="Remaining">What is left beside what is booked and reserved, as far as this gate knows; never negative.</param>
/// <param name="ResetsAfter">When all of it is there again, if nobody else comes; null where that is never.</param>
public readonly record struct LimitStanding(Limit Limit, string Target, Int128 Allowed, Int128 Remaining, TimeSpan? ResetsAfter)
{
    internal static LimitStanding Of(LimitAccount account, long now)
    {
        var limit = account.Limit;
        var allowed = limit.AmountAt(DateTimeOffset.UnixEpoch.AddMicroseconds(now)) ?? 0;
        var remaining = account.Grants ? account.Last.Rest + account.Held : allowed - account.Committed;
        return new LimitStanding(limit, account.Target, allowed, Int128.Max(0, remaining), ResetOf(account, allowed, now));
    }

    private static TimeSpan? ResetOf(LimitAccount account, Int128 allowed, long now) => account.Limit.Window switch
    {
        CalendarWindow => TimeSpan.FromMicroseconds(account.WindowEnd - now),
        RollingWindow rolling => TimeSpan.FromMicroseconds(rolling.LeavesAt(rolling.PartOf(now)) - now),
        BucketWindow bucket => new TokenBucket(account.Last.Debt, now).Wait(bucket.Burst ?? allowed, bucket.Burst ?? allowed, allowed, bucket.Period.Ticks / TimeSpan.TicksPerMicrosecond)
            is { } micros ? TimeSpan.FromMicroseconds(micros) : null,
        InstantWindow => TimeSpan.Zero,
        _ => null,
    };
}

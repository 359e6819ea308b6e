using Tollgate.Accounting.Time;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Accounting.Limits.Admission;

/// <summary>Creates refusals for exhausted limits and computes how long to wait.</summary>
internal static class RefusalFactory
{
    private static readonly TimeSpan MinRetryAfter = TimeSpan.FromSeconds(1);

    public static Refusal CreateExhausted(
        Limit limit,
        string target,
        Int128 asked,
        LimitAccount account,
        UnixMicros now
    ) =>
        new()
        {
            Kind = RefusalKind.Exhausted,
            Limit = limit,
            Target = target,
            Used = Int128.Max(0, account.Reading.Count.Used),
            Reserved = Int128.Max(0, account.Reading.Count.Granted - account.Lease.Free),
            Requested = asked,
            Allowed = CapacityAt(limit, now),
            RetryAfter = TimeUntilFit(limit, asked, account, now),
        };

    /// <summary>
    /// How long until a limit with too many values has room again, if the current ones are not used again.
    /// </summary>
    public static TimeSpan? TimeUntilRoom(Limit limit, UnixMicros now) =>
        ActiveTargets.ExpiryOf(limit, now) is var end && end == UnixMicros.Never
            ? null
            : end - now;

    /// <summary>
    /// How long until the call is admitted, if no other call takes the quota and calls in flight have ended; null if
    /// never.
    /// </summary>
    private static TimeSpan? TimeUntilFit(Limit limit, Int128 asked, LimitAccount account, UnixMicros now)
    {
        UnixMicros? opens = limit.Window switch
        {
            InstantWindow => now + MinRetryAfter,
            CalendarWindow => account.Window.End,
            RollingWindow rolling => RollingFitTime(rolling, limit, asked, account, now),
            BucketWindow bucket => BucketFitTime(bucket, limit, asked, account, now),
            _ => null,
        };
        // A temporary increase may have ended by then.
        return opens is { } time && asked <= CapacityAt(limit, time) ? time - now : null;
    }

    /// <summary>
    /// When enough parts have expired for the call to fit beside what is reserved; at the latest when all have.
    /// </summary>
    private static UnixMicros RollingFitTime(
        RollingWindow window,
        Limit limit,
        Int128 asked,
        LimitAccount account,
        UnixMicros now
    )
    {
        var total = account.Reading.Count.Used + account.Reading.Count.Granted - account.Lease.Free + asked;
        foreach (var (part, used) in account.Reading.Count.Parts)
        {
            total -= used;
            var expiry = new UnixMicros(window.ExpiresAt(part));
            if (total <= AmountAt(limit, expiry))
                return expiry;
        }

        return new UnixMicros(window.ExpiresAt(window.GetPart(now.Value)));
    }

    private static UnixMicros? BucketFitTime(
        BucketWindow window,
        Limit limit,
        Int128 asked,
        LimitAccount account,
        UnixMicros now
    )
    {
        var (bucket, inflow, period) = (
            new BucketLevel(account.Reading.Count.Debt, now.Value),
            AmountAt(limit, now),
            window.Period.ToMicros()
        );
        var opens = now.After(bucket.GetWaitMicros(asked - account.Lease.Free, window.Burst ?? inflow, inflow, period));
        if (limit.TemporaryIncrease is not { } increase)
            return opens;
        var raised = UnixMicros.FromTime(increase.Until);
        if (raised <= now || opens < raised)
            return opens;
        var slower = limit.Amount ?? 0; // After the temporary increase ends.
        var level = bucket.LevelAt(raised.Value, inflow);
        return raised.After(level.GetWaitMicros(asked - account.Lease.Free, window.Burst ?? slower, slower, period));
    }

    private static Int128 AmountAt(Limit limit, UnixMicros time) => limit.AmountAt(time.ToTime()) ?? 0;

    private static Int128 CapacityAt(Limit limit, UnixMicros time) => limit.MaxAt(time.ToTime()) ?? 0;
}

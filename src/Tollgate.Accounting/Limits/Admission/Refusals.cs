using Tollgate.Accounting.Time;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Accounting.Limits.Admission;

/// <summary>Creates refusals for exhausted limits and computes how long to wait.</summary>
internal static class Refusals
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    public static Refusal Spent(Limit limit, string target, Int128 asked, LimitAccount account, long now) =>
        new()
        {
            Kind = RefusalKind.Spent,
            Limit = limit,
            Target = target,
            Used = Int128.Max(0, account.Last.Used),
            Reserved = Int128.Max(0, account.Last.Granted - account.Free),
            Asked = asked,
            Allowed = MostAt(limit, now),
            RetryAfter = WaitOf(limit, asked, account, now),
        };

    /// <summary>
    /// How long until a limit with too many values has room again, if the current ones are not used again.
    /// </summary>
    public static TimeSpan? RoomAfter(Limit limit, long now) =>
        LiveTargets.EndOf(limit, now) is var end && end == long.MaxValue ? null : TimeSpan.FromMicroseconds(end - now);

    /// <summary>
    /// How long until the call is admitted, if no other call takes the quota and calls in flight have ended; null if
    /// never.
    /// </summary>
    private static TimeSpan? WaitOf(Limit limit, Int128 asked, LimitAccount account, long now)
    {
        long? opens = limit.Window switch
        {
            InstantWindow => now + StoreClock.Micros(Moment),
            CalendarWindow => account.WindowEnd,
            RollingWindow rolling => LeavesEnough(rolling, limit, asked, account, now),
            BucketWindow bucket => FlowsIn(bucket, limit, asked, account, now),
            _ => null,
        };
        // A temporary increase may have ended by then.
        return opens is { } time && asked <= MostAt(limit, time) ? TimeSpan.FromMicroseconds(time - now) : null;
    }

    /// <summary>
    /// When enough parts have expired for the call to fit beside what is reserved; at the latest when all have.
    /// </summary>
    private static long LeavesEnough(RollingWindow window, Limit limit, Int128 asked, LimitAccount account, long now)
    {
        var total = account.Last.Used + account.Last.Granted - account.Free + asked;
        foreach (var (part, used) in account.Last.Parts)
        {
            total -= used;
            if (total <= AmountAt(limit, window.LeavesAt(part)))
                return window.LeavesAt(part);
        }

        return window.LeavesAt(window.PartOf(now));
    }

    private static long? FlowsIn(BucketWindow window, Limit limit, Int128 asked, LimitAccount account, long now)
    {
        var (bucket, inflow, period) = (
            new TokenBucket(account.Last.Debt, now),
            AmountAt(limit, now),
            StoreClock.Micros(window.Period)
        );
        var opens = now + bucket.Wait(asked - account.Free, window.Burst ?? inflow, inflow, period);
        var raised = limit.Raise is { } raise ? raise.Until.ToMicros() : long.MinValue;
        if (raised <= now || opens < raised)
            return opens;
        var slower = limit.Amount ?? 0; // After the temporary increase ends.
        return raised
            + bucket.FlowedTo(raised, inflow).Wait(asked - account.Free, window.Burst ?? slower, slower, period);
    }

    private static Int128 AmountAt(Limit limit, long micros) =>
        limit.AmountAt(DateTimeOffset.UnixEpoch.AddMicroseconds(micros)) ?? 0;

    private static Int128 MostAt(Limit limit, long micros) =>
        limit.MostAt(DateTimeOffset.UnixEpoch.AddMicroseconds(micros)) ?? 0;
}

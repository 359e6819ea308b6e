using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Accounting.Admission;

/// <summary>Makes refusals of spent limits, and says how long to wait.</summary>
internal static class Refusals
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    public static Refusal Spent(Limit limit, string target, Int128 asked, LimitAccount account, long now) => new()
    {
        Kind = RefusalKind.Spent,
        Limit = limit,
        Target = target,
        Used = Int128.Max(0, account.Last.Used),
        Reserved = Int128.Max(0, account.Last.Granted - account.Free),
        Asked = asked,
        Allowed = limit.AmountAt(DateTimeOffset.UnixEpoch.AddMicroseconds(now)) ?? 0,
        RetryAfter = WaitOf(limit, asked, account, now),
    };

    /// <summary>After so long a limit that has too many values has room again, if those in use are not used again.</summary>
    public static TimeSpan? RoomAfter(Limit limit, long now) => LiveTargets.EndOf(limit, now) is var end && end == long.MaxValue ? null : TimeSpan.FromMicroseconds(end - now);

    /// <summary>After so long the call gets through, if nobody else comes and calls under way have ended; null where that is never.</summary>
    private static TimeSpan? WaitOf(Limit limit, Int128 asked, LimitAccount account, long now) => limit.Window switch
    {
        InstantWindow => Moment,
        CalendarWindow => TimeSpan.FromMicroseconds(account.WindowEnd - now),
        RollingWindow rolling => TimeSpan.FromMicroseconds(LeavesEnough(rolling, limit, asked, account, now) - now),
        BucketWindow bucket => FlowsIn(bucket, limit, asked, account, now),
        _ => null,
    };

    /// <summary>When so many parts have left that the call fits beside what is reserved; at the latest when all have.</summary>
    private static long LeavesEnough(RollingWindow window, Limit limit, Int128 asked, LimitAccount account, long now)
    {
        var over = account.Last.Used + account.Last.Granted - account.Free + asked - (limit.Amount ?? 0);
        foreach (var (part, used) in account.Last.Parts)
        {
            over -= used;
            if (over <= 0) return window.LeavesAt(part);
        }

        return window.LeavesAt(window.PartOf(now));
    }

    private static TimeSpan? FlowsIn(BucketWindow bucket, Limit limit, Int128 asked, LimitAccount account, long now)
    {
        var inflow = limit.AmountAt(DateTimeOffset.UnixEpoch.AddMicroseconds(now)) ?? 0;
        var wait = new TokenBucket(account.Last.Debt, now)
            .Wait(asked - account.Free, bucket.Burst ?? inflow, inflow, bucket.Period.Ticks / TimeSpan.TicksPerMicrosecond);
        return wait is { } micros ? TimeSpan.FromMicroseconds(micros) : null;
    }
}

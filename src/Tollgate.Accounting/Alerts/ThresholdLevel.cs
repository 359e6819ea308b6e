using Tollgate.Accounting.Time;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Accounting.Alerts;

/// <summary>The highest threshold that was reported for a counter.</summary>
/// <param name="Percent">The threshold.</param>
/// <param name="NotifiedAt">When it was reported, in microseconds since 1970.</param>
public readonly record struct ThresholdLevel(int Percent, long NotifiedAt)
{
    /// <summary>True if a limit can raise alerts. A limit without a counter has no thresholds.</summary>
    public static bool HasThresholds(Limit limit) =>
        limit is { Amount: not null, Metric: not (LimitMetric.ConcurrentRequests or LimitMetric.CostPerRequest) }
        && (limit.Mode == LimitMode.Soft || !limit.AlertThresholds.IsDefaultOrEmpty);

    /// <summary>
    /// Returns the highest threshold that an amount has reached; 0 if none. A soft limit always has the threshold 100,
    /// which is reached by more than the amount: the amount itself is allowed.
    /// </summary>
    public static int ReachedPercent(Limit limit, Int128 amount, Int128 used)
    {
        if (amount <= 0)
            return 0;
        var isSoft = limit.Mode == LimitMode.Soft;
        var reached = isSoft && used > amount ? 100 : 0;
        foreach (var threshold in limit.AlertThresholds.IsDefault ? [] : limit.AlertThresholds)
            if (threshold > reached && used * 100 >= amount * threshold && !(isSoft && threshold == 100))
                reached = threshold;
        return reached;
    }

    /// <summary>
    /// Decides how the level changes with a count. In a window that ends it only rises. In one that does not end
    /// (rolling, bucket) it falls with the count, but not before a window's length has passed since it was reported: a
    /// count that oscillates around a threshold is reported once in that time. A total never falls.
    /// </summary>
    /// <param name="window">The limit's window.</param>
    /// <param name="notified">The current level; null if nothing was reported.</param>
    /// <param name="before">The threshold that the count had reached before the change.</param>
    /// <param name="after">The threshold that it has reached after the change.</param>
    /// <param name="now">The time of the change.</param>
    public static LevelChange Change(
        LimitWindow window,
        ThresholdLevel? notified,
        int before,
        int after,
        UnixMicros now
    )
    {
        var floor = notified?.Percent ?? 0;
        if (notified is { } last && LengthOf(window) is { } length && now.Value - last.NotifiedAt >= length)
            floor = Math.Min(floor, Math.Min(before, after));
        if (after > floor)
            return new LevelChange(new ThresholdLevel(after, now.Value), floor, RaisesAlert: true);
        return floor == (notified?.Percent ?? 0)
            ? default
            : new LevelChange(notified!.Value with { Percent = floor }, floor, RaisesAlert: false);
    }

    private static long? LengthOf(LimitWindow window) =>
        window switch
        {
            RollingWindow rolling => rolling.Length.Ticks / TimeSpan.TicksPerMicrosecond,
            BucketWindow bucket => bucket.Period.Ticks / TimeSpan.TicksPerMicrosecond,
            _ => null,
        };
}

/// <summary>A change of a level.</summary>
/// <param name="Level">The new level; null if it stays.</param>
/// <param name="Previous">The level that was reported before.</param>
/// <param name="RaisesAlert">True if an alert is raised.</param>
public readonly record struct LevelChange(ThresholdLevel? Level, int Previous, bool RaisesAlert);

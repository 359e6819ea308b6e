using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Accounting.Alerts;

/// <summary>The highest threshold that was reported for a counter.</summary>
/// <param name="Percent">The threshold.</param>
/// <param name="ToldAt">When it was reported, in microseconds since 1970.</param>
public readonly record struct LimitLevel(int Percent, long ToldAt)
{
    /// <summary>Whether a limit can raise alerts. A limit without a counter has no thresholds.</summary>
    public static bool Concerns(Limit limit) =>
        limit is { Amount: not null, Metric: not (LimitMetric.ConcurrentRequests or LimitMetric.CostPerRequest) }
        && (limit.Mode == LimitMode.Soft || !limit.AlertAt.IsDefaultOrEmpty);

    /// <summary>
    /// Returns the highest threshold that an amount has reached; 0 if none. A soft limit always has the threshold 100,
    /// which is reached by more than the amount: the amount itself is allowed.
    /// </summary>
    public static int Reached(Limit limit, Int128 amount, Int128 used)
    {
        if (amount <= 0)
            return 0;
        var isSoft = limit.Mode == LimitMode.Soft;
        var reached = isSoft && used > amount ? 100 : 0;
        foreach (var threshold in limit.AlertAt.IsDefault ? [] : limit.AlertAt)
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
    /// <param name="told">The current level; null if nothing was reported.</param>
    /// <param name="before">The threshold that the count had reached before the change.</param>
    /// <param name="after">The threshold that it has reached after the change.</param>
    /// <param name="now">Microseconds since 1970.</param>
    public static LevelChange Change(LimitWindow window, LimitLevel? told, int before, int after, long now)
    {
        var floor = told?.Percent ?? 0;
        if (told is { } last && LengthOf(window) is { } length && now - last.ToldAt >= length)
            floor = Math.Min(floor, Math.Min(before, after));
        if (after > floor)
            return new LevelChange(new LimitLevel(after, now), floor, Tells: true);
        return floor == (told?.Percent ?? 0)
            ? default
            : new LevelChange(told!.Value with { Percent = floor }, floor, Tells: false);
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
/// <param name="Tells">Whether an alert is raised.</param>
public readonly record struct LevelChange(LimitLevel? Level, int Previous, bool Tells);

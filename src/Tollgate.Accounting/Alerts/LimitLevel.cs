using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Accounting.Alerts;

/// <summary>The highest threshold that was told of a counter.</summary>
/// <param name="Percent">The threshold.</param>
/// <param name="ToldAt">When, in microseconds since 1970.</param>
public readonly record struct LimitLevel(int Percent, long ToldAt)
{
    /// <summary>Whether anything can ever be told of a limit. What is not counted has no thresholds.</summary>
    public static bool Concerns(Limit limit) =>
        limit is { Amount: not null, Metric: not (LimitMetric.ConcurrentRequests or LimitMetric.CostPerRequest) }
        && (limit.Mode == LimitMode.Soft || !limit.AlertAt.IsDefaultOrEmpty);

    /// <summary>
    /// The highest threshold that so much has reached; 0 where it has none. Of a soft limit 100 is always one, and is
    /// reached by more than the amount: that much itself is allowed.
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
    /// What becomes of the level when a count changes. In a window that ends it only rises. In one that does not
    /// (rolling, bucket) it falls with the count, but not before a window's length has passed since it was told: a
    /// count that swings about a threshold is told once in that time. A total never falls.
    /// </summary>
    /// <param name="window">The limit's window.</param>
    /// <param name="told">The level so far; null where nothing was told.</param>
    /// <param name="before">The threshold that the count had reached before the change.</param>
    /// <param name="after">And after it.</param>
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

/// <summary>What becomes of a level.</summary>
/// <param name="Level">The new level; null where it stays.</param>
/// <param name="Previous">The level that was told before.</param>
/// <param name="Tells">Whether an alert is raised.</param>
public readonly record struct LevelChange(LimitLevel? Level, int Previous, bool Tells);

using Tollgate.Accounting.Time;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Accounting.Alerts;

/// <summary>
/// A counter as just updated by a store's transaction. Every store uses it to compute the change of the level and the
/// alert to store with the counter.
/// </summary>
/// <param name="Limit">The limit.</param>
/// <param name="Target">The target.</param>
/// <param name="CountWindow">The window that counted, in microseconds since 1970; 0 if windows do not end.</param>
/// <param name="Used">The amount now recorded in the window; for a bucket, its level.</param>
/// <param name="Added">The amount that the transaction added.</param>
/// <param name="Now">The time of the transaction.</param>
public readonly record struct ThresholdCheck(
    Limit Limit,
    string Target,
    long CountWindow,
    Int128 Used,
    Int128 Added,
    UnixMicros Now
)
{
    /// <summary>The window of the level's row: all parts of a rolling window share one.</summary>
    public long LevelWindow => Limit.Window is CalendarWindow ? CountWindow : 0;

    /// <summary>The current amount, on which the threshold percentages are based; for a bucket, its capacity.</summary>
    public Int128 Amount => Limit.MaxAt(Now.ToTime()) ?? 0;

    /// <summary>True if reading the level's row can be skipped, because it cannot raise an alert.</summary>
    public bool IsBelowThresholds =>
        Limit.Window is CalendarWindow or TotalWindow && ThresholdLevel.ReachedPercent(Limit, Amount, Used) == 0;

    /// <summary>True if the window had already ended.</summary>
    private bool HasEnded =>
        Limit.Window is CalendarWindow calendar
        && calendar.At(StoredTime.ToTime(CountWindow)).End <= Now.ToTime();

    /// <summary>Returns the change of the level.</summary>
    public LevelChange Change(ThresholdLevel? notified)
    {
        var amount = Amount;
        return ThresholdLevel.Change(
            Limit.Window,
            notified,
            ThresholdLevel.ReachedPercent(Limit, amount, Used - Added),
            ThresholdLevel.ReachedPercent(Limit, amount, Used),
            Now
        );
    }

    /// <summary>Creates the alert for a change that raises one.</summary>
    public Alert CreateAlert(in LevelChange change)
    {
        var crossing = new LimitCrossing
        {
            LimitId = Limit.Id,
            LimitName = Limit.Name,
            Target = Target,
            Metric = Limit.Metric,
            Window = Limit.Window.Text,
            WindowStart = LevelWindow == 0 ? null : StoredTime.ToTime(LevelWindow),
            Threshold = change.Level!.Value.Percent,
            PreviousThreshold = change.Previous,
            Used = Used,
            Amount = Amount,
        };
        var id = Guid.CreateVersion7(Now.ToTime());
        return new Alert
        {
            Id = id,
            // A new key each time, since a reset or a fall arms the same threshold again: the level's row prevents
            // duplicates.
            Key = $"limit/{Limit.Id}/{id}",
            Kind = Limit.Mode == LimitMode.Soft && Used > crossing.Amount ? AlertKind.SoftLimit : AlertKind.Threshold,
            Subject = Limit.Name,
            Text = AlertFormatter.Format(Limit, crossing, HasEnded),
            CreatedAt = Now.ToTime(),
            Crossing = crossing,
        };
    }
}

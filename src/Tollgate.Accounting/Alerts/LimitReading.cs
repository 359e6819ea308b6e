using Tollgate.Accounting.Time;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Accounting.Alerts;

/// <summary>
/// A counter as a store's transaction has just left it. Every store asks it the same three things: the level that the
/// change makes, and the alert to put beside the counter.
/// </summary>
/// <param name="Limit">The limit.</param>
/// <param name="Target">Whose count it is.</param>
/// <param name="CountWindow">The window that was counted, in microseconds since 1970; 0 where windows do not
/// end.</param>
/// <param name="Used">What is booked in the window now; of a bucket, what has not flowed back.</param>
/// <param name="Added">What the transaction has added to it.</param>
/// <param name="Now">Microseconds since 1970.</param>
public readonly record struct LimitReading(
    Limit Limit,
    string Target,
    long CountWindow,
    Int128 Used,
    Int128 Added,
    long Now
)
{
    /// <summary>The window of the level's row: the parts of a rolling window are one.</summary>
    public long LevelWindow => Limit.Window is CalendarWindow ? CountWindow : 0;

    /// <summary>The amount of now, of which thresholds are parts; of a bucket what it holds.</summary>
    public Int128 Amount => Limit.MostAt(StoredTime.ToTime(Now)) ?? 0;

    /// <summary>Whether the level's row need not be read, because nothing can come of it.</summary>
    public bool IsQuiet =>
        Limit.Window is CalendarWindow or TotalWindow && LimitLevel.Reached(Limit, Amount, Used) == 0;

    /// <summary>Whether the window had ended when it was looked at.</summary>
    private bool IsOver =>
        Limit.Window is CalendarWindow calendar
        && calendar.At(StoredTime.ToTime(CountWindow)).End <= StoredTime.ToTime(Now);

    /// <summary>What becomes of the level.</summary>
    public LevelChange Change(LimitLevel? told)
    {
        var amount = Amount;
        return LimitLevel.Change(
            Limit.Window,
            told,
            LimitLevel.Reached(Limit, amount, Used - Added),
            LimitLevel.Reached(Limit, amount, Used),
            Now
        );
    }

    /// <summary>The alert of a change that tells.</summary>
    public Alert AlertOf(in LevelChange change)
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
        var id = Guid.CreateVersion7(StoredTime.ToTime(Now));
        return new Alert
        {
            Id = id,
            // Its own, since a reset or a fall arms the same threshold again: the level's row is what keeps it to one.
            Key = $"limit/{Limit.Id}/{id}",
            Kind = Limit.Mode == LimitMode.Soft && Used > crossing.Amount ? AlertKind.SoftLimit : AlertKind.Threshold,
            Subject = Limit.Name,
            Text = AlertText.Of(Limit, crossing, IsOver),
            CreatedAt = StoredTime.ToTime(Now),
            Crossing = crossing,
        };
    }
}

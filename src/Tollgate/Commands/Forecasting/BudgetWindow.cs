using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Commands.Forecasting;

/// <summary>A limit's window in days.</summary>
/// <param name="Last">Its last day; null where it has no end.</param>
/// <param name="RollingDays">The days of a rolling window; 0 for others.</param>
internal readonly record struct BudgetWindow(DateOnly? Last, int RollingDays)
{
    /// <summary>Why a window cannot be told in days; null where it can.</summary>
    public static string? Problem(LimitWindow window) => window switch
    {
        BucketWindow => "it refills all the time",
        InstantWindow => "it holds for each moment and adds nothing up",
        RollingWindow { Length.TotalDays: < 1 } => "its window is shorter than a day",
        CalendarWindow { Unit: CalendarUnit.Hour, Count: >= 24 } => null,
        CalendarWindow { Unit: < CalendarUnit.Day } => "its window is shorter than a day",
        _ => null,
    };

    /// <summary>The window at a moment, one without a <see cref="Problem"/>.</summary>
    public static BudgetWindow Of(LimitWindow window, DateTimeOffset now, LedgerDays ledger) => window switch
    {
        CalendarWindow calendar => new(ledger.DayOf(calendar.At(now).End.AddTicks(-1)), 0),
        RollingWindow rolling => new(null, (int)Math.Ceiling(rolling.Length.TotalDays)),
        _ => default,
    };

    /// <summary>What leaves a rolling window on the current day and those after it; empty for others.</summary>
    public IReadOnlyList<decimal> Leaving(IReadOnlyList<(DateOnly Day, decimal Amount)> days, DateOnly today)
    {
        var amounts = days.ToDictionary(static day => day.Day, static day => day.Amount);
        var length = RollingDays;
        return [.. Enumerable.Range(0, length).Select(ahead => amounts.GetValueOrDefault(today.AddDays(ahead - length)))];
    }
}

using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Operations.Forecasts;

/// <summary>A limit's window in days.</summary>
/// <param name="Last">Its last day; null if it has no end.</param>
/// <param name="RollingDays">The days of a rolling window; 0 for others.</param>
internal readonly record struct BudgetWindow(DateOnly? Last, int RollingDays)
{
    /// <summary>
    /// True if it has several windows a day, or refills continuously: then peaks are meaningful, and daily totals are
    /// not.
    /// </summary>
    public static bool IsWithinDay(LimitWindow window, DateTimeOffset now) =>
        window switch
        {
            BucketWindow => true,
            RollingWindow rolling => rolling.Length.TotalDays < 1,
            CalendarWindow { Unit: < CalendarUnit.Day } calendar => (
                calendar.At(now).End - calendar.At(now).Start
            ).TotalDays < 1,
            _ => false,
        };

    /// <summary>Returns the window at a given time; it spans a day or more.</summary>
    public static BudgetWindow FromLimitWindow(LimitWindow window, DateTimeOffset now, DailyUsage ledger) =>
        window switch
        {
            CalendarWindow calendar => new(ledger.ToDay(calendar.At(now).End.AddTicks(-1)), 0),
            RollingWindow rolling => new(null, (int)Math.Ceiling(rolling.Length.TotalDays)),
            _ => default,
        };

    /// <summary>
    /// The amount that expires from a rolling window on the current day and the days after it; empty for other windows.
    /// </summary>
    public IReadOnlyList<decimal> Leaving(IReadOnlyList<(DateOnly Day, decimal Amount)> days, DateOnly today)
    {
        var amounts = days.ToDictionary(static day => day.Day, static day => day.Amount);
        var length = RollingDays;
        return
        [
            .. Enumerable.Range(0, length).Select(ahead => amounts.GetValueOrDefault(today.AddDays(ahead - length))),
        ];
    }
}

using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Commands.Forecasting;

/// <summary>A limit's window in days.</summary>
/// <param name="Last">Its last day; null where it has no end.</param>
/// <param name="RollingDays">The days of a rolling window; 0 for others.</param>
internal readonly record struct BudgetWindow(DateOnly? Last, int RollingDays)
{
    /// <summary>The window at a moment. Shorter ones than a day, and buckets, cannot be told in days.</summary>
    public static bool TryOf(LimitWindow window, DateTimeOffset now, LedgerDays ledger, out BudgetWindow days)
    {
        days = window switch
        {
            CalendarWindow { Unit: >= CalendarUnit.Day } calendar => new(ledger.DayOf(calendar.At(now).End.AddTicks(-1)), 0),
            RollingWindow { Length.TotalDays: >= 1 } rolling => new(null, (int)Math.Ceiling(rolling.Length.TotalDays)),
            _ => default,
        };
        return window is TotalWindow || days != default;
    }

    /// <summary>What leaves a rolling window on the current day and those after it; empty for others.</summary>
    public IReadOnlyList<decimal> Leaving(IReadOnlyList<(DateOnly Day, decimal Amount)> days, DateOnly today)
    {
        var amounts = days.ToDictionary(static day => day.Day, static day => day.Amount);
        var length = RollingDays;
        return [.. Enumerable.Range(0, length).Select(ahead => amounts.GetValueOrDefault(today.AddDays(ahead - length)))];
    }
}

namespace Tollgate.Analytics.Forecasting;

/// <summary>The usage of a budget at a point in time, and the usage that will leave its window.</summary>
/// <param name="Amount">The budget.</param>
/// <param name="Used">The usage in its window so far, the current day included.</param>
/// <param name="UsedToday">The part of that on the current day, which the forecast covers as a whole.</param>
/// <param name="Expiring">
/// For a rolling window, the amount that expires on each day, the current day first; empty for others.
/// </param>
public readonly record struct BudgetUsage(
    decimal Amount,
    decimal Used,
    decimal UsedToday,
    IReadOnlyList<decimal> Expiring
)
{
    /// <summary>The usage at the end of a forecast day.</summary>
    /// <param name="day">The number of the day; 0 is the current one.</param>
    /// <param name="running">The forecast sum up to a given day.</param>
    internal decimal UsedAfter(int day, Func<int, decimal> running)
    {
        // If the current day has already used more than forecast, the excess does not reduce the following days.
        var ahead = Math.Max(0, running(0) - UsedToday) + running(day) - running(0);
        if (Expiring.Count == 0)
            return Used + ahead;
        var left = Math.Min(Used, Expiring.Take(day + 1).Sum());
        // After its length, a rolling window also drops forecast days.
        return Used - left + ahead - (day >= Expiring.Count ? running(day - Expiring.Count) : 0);
    }
}

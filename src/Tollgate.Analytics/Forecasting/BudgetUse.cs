namespace Tollgate.Analytics.Forecasting;

/// <summary>What is used of a budget at a moment, and what will leave its window.</summary>
/// <param name="Amount">The budget.</param>
/// <param name="Used">What is used of it in its window so far, the current day included.</param>
/// <param name="UsedToday">What of that is of the current day, which the forecast covers as a whole.</param>
/// <param name="Leaving">For a rolling window, the amount of each day that leaves it, the current day first; empty for
/// others.</param>
public readonly record struct BudgetUse(decimal Amount, decimal Used, decimal UsedToday, IReadOnlyList<decimal> Leaving)
{
    /// <summary>What is used at the end of a forecast day.</summary>
    /// <param name="day">The number of the day; 0 is the current one.</param>
    /// <param name="running">The forecast sum of the days up to one.</param>
    internal decimal UsedAfter(int day, Func<int, decimal> running)
    {
        // A current day that has used more than was forecast of it takes nothing from the days after.
        var ahead = Math.Max(0, running(0) - UsedToday) + running(day) - running(0);
        if (Leaving.Count == 0)
            return Used + ahead;
        var left = Math.Min(Used, Leaving.Take(day + 1).Sum());
        // Beyond its length a rolling window drops forecast days too.
        return Used - left + ahead - (day >= Leaving.Count ? running(day - Leaving.Count) : 0);
    }
}

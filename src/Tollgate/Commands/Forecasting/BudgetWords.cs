using System.Globalization;
using Tollgate.Analytics.Forecasting;

namespace Tollgate.Commands.Forecasting;

/// <summary>A budget's outlook as a sentence.</summary>
internal static class BudgetWords
{
    /// <param name="outlook">The outlook.</param>
    /// <param name="last">The last day of the window; null where it has no end.</param>
    public static string Of(BudgetOutlook outlook, DateOnly? last)
    {
        var window = last is { } end && outlook.Until >= end ? "in this window" : $"by {Day(outlook.Until)}";
        return outlook switch
        {
            { Expected: { } expected, Earliest: { } early, Latest: { } late } => $"It runs out on {Day(expected)}, at the earliest on {Day(early)}, at the latest on {Day(late)}.",
            { Expected: { } expected, Earliest: { } early } => $"It runs out on {Day(expected)}, at the earliest on {Day(early)}, or not {window}.",
            { Earliest: { } early } => $"It will probably not run out {window}; at the earliest on {Day(early)}.",
            _ => $"It will not run out {window}.",
        };
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

using System.Globalization;
using Tollgate.Analytics.Forecasting;
using Tollgate.Operations.Text;

namespace Tollgate.Operations.Forecasts;

/// <summary>A budget's outlook as a sentence.</summary>
internal static class BudgetFormatter
{
    /// <param name="outlook">The outlook.</param>
    /// <param name="last">The last day of the window; null if it has no end.</param>
    public static string Format(BudgetForecast outlook, DateOnly? last)
    {
        var window = last is { } end && outlook.Until >= end ? "in this window" : $"by {Day(outlook.Until)}";
        return outlook switch
        {
            { Expected: { } expected, Earliest: { } early, Latest: { } late } =>
                $"It runs out on {Day(expected)}, at the earliest on {Day(early)}, at the latest on {Day(late)}.",
            { Expected: { } expected, Earliest: { } early } =>
                $"It runs out on {Day(expected)}, at the earliest on {Day(early)}, or not {window}.",
            { Earliest: { } early } => $"It will probably not run out {window}; at the earliest on {Day(early)}.",
            _ => $"It will not run out {window}.",
        };
    }

    /// <summary>Describes how likely a day is to reach a limit with a window of less than a day.</summary>
    /// <param name="peaks">The outlook.</param>
    /// <param name="amount">The limit's amount, in US dollars.</param>
    /// <param name="isBucket">True if it is a bucket, whose peaks are its deficits.</param>
    public static string Format(PeakForecast peaks, decimal amount, bool isBucket)
    {
        var what = isBucket
            ? $"It would have run empty on {peaks.Reached} of the last {peaks.Days} days, with at most "
                + $"{FigureText.Amount(peaks.Max)} of {FigureText.Amount(amount)} USD missing"
            : $"Its windows reached it on {peaks.Reached} of the last {peaks.Days} days, with at most "
                + $"{FigureText.Amount(peaks.Max)} of {FigureText.Amount(amount)} USD";
        return $"{what}: a future day reaches it with a probability of {Percent(peaks.Probability)} % "
            + $"({Percent(peaks.Range.Low)} to {Percent(peaks.Range.High)} %).";
    }

    private static string Percent(double share) => (share * 100).ToString("0", CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

using Tollgate.Analytics.Statistics;

namespace Tollgate.Analytics.Forecasting;

/// <summary>
/// The probability that a day reaches a limit with a window of less than a day, based on the peaks of the last days.
/// </summary>
/// <param name="Days">The number of days considered.</param>
/// <param name="Reached">Those whose peak reached the amount.</param>
/// <param name="Max">The highest peak.</param>
/// <param name="Range">Wilson's interval of the probability.</param>
public sealed record PeakForecast(int Days, int Reached, decimal Max, Interval Range)
{
    /// <summary>The minimum number of days for a meaningful result: each weekday twice.</summary>
    public const int MinDays = 14;

    /// <summary>The maximum number of days considered, so that the distant past does not count.</summary>
    public const int MaxDays = 28;

    /// <summary>The probability that a day reaches the amount: the share of the days that did.</summary>
    public double Probability => (double)Reached / Days;

    /// <summary>Forecasts from the peaks of days.</summary>
    /// <param name="peaks">One peak per day, at least one.</param>
    /// <param name="amount">The amount that must not be reached.</param>
    /// <param name="level">The percentage of cases that the interval should contain, 50 to 95.</param>
    /// <exception cref="ArgumentException">There is no day.</exception>
    public static PeakForecast FromPeaks(IReadOnlyCollection<decimal> peaks, decimal amount, int level)
    {
        if (peaks.Count == 0)
            throw new ArgumentException("The list is empty; at least one day is required.", nameof(peaks));
        var reached = peaks.Count(peak => peak >= amount);
        return new PeakForecast(
            peaks.Count,
            reached,
            peaks.Max(),
            Interval.FromShare((double)reached / peaks.Count, peaks.Count, level / 100.0)
        );
    }
}

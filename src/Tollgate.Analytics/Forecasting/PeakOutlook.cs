using Tollgate.Analytics.Statistics;

namespace Tollgate.Analytics.Forecasting;

/// <summary>
/// How likely a day reaches a limit that is about less than a day, going by the peaks of the last days.
/// </summary>
/// <param name="Days">The days that were looked at.</param>
/// <param name="Reached">Those whose peak reached the amount.</param>
/// <param name="Most">The highest peak.</param>
/// <param name="Range">Wilson's interval of the probability.</param>
public sealed record PeakOutlook(int Days, int Reached, decimal Most, Interval Range)
{
    /// <summary>The fewest days that tell something: each weekday twice.</summary>
    public const int FewestDays = 14;

    /// <summary>The most days that are looked at, so that what was long ago does not count.</summary>
    public const int MostDays = 28;

    /// <summary>The probability that a day reaches the amount: the share of the days that did.</summary>
    public double Probability => (double)Reached / Days;

    /// <summary>The outlook by the peaks of days.</summary>
    /// <param name="peaks">One peak a day, at least one.</param>
    /// <param name="amount">What must not be reached.</param>
    /// <param name="level">The part of cases, in percent, that the interval is to hold, 50 to 95.</param>
    /// <exception cref="ArgumentException">There is no day.</exception>
    public static PeakOutlook Of(IReadOnlyCollection<decimal> peaks, decimal amount, int level)
    {
        if (peaks.Count == 0)
            throw new ArgumentException("No day was given; at least one is needed.", nameof(peaks));
        var reached = peaks.Count(peak => peak >= amount);
        return new PeakOutlook(
            peaks.Count,
            reached,
            peaks.Max(),
            Interval.OfShare((double)reached / peaks.Count, peaks.Count, level / 100.0)
        );
    }
}

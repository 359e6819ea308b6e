using Tollgate.Analytics.Statistics.Resampling;

namespace Tollgate.Analytics.Statistics;

/// <summary>Bootstrap intervals of a single sample.</summary>
public static class Bootstrap
{
    private const int Padding = 256;

    /// <summary>The percentile interval of the mean.</summary>
    /// <exception cref="InvalidInputException">
    /// There are fewer than two values, one is not finite, or an option is out of its range.
    /// </exception>
    public static Interval ForMean(
        ReadOnlySpan<double> values,
        int resamples = 1000,
        double confidence = 0.95,
        ulong seed = 0
    )
    {
        Require(values, resamples, confidence);
        var column = new double[(values.Length + Padding - 1) / Padding * Padding];
        values.CopyTo(column);
        var means = SharedResamples.Means([column], values.Length, resamples, seed, 1)[0];
        return Interval.FromResamples(means, confidence);
    }

    /// <summary>The percentile interval of a percentile.</summary>
    /// <exception cref="InvalidInputException">
    /// There are fewer than two values, one is not finite, or an option is out of its range.
    /// </exception>
    public static Interval ForPercentile(
        ReadOnlySpan<double> values,
        double percentile,
        int resamples = 1000,
        double confidence = 0.95,
        ulong seed = 0
    )
    {
        Require(values, resamples, confidence);
        if (!(percentile is >= 0 and <= 100))
            throw new InvalidInputException(
                "percentile",
                InputValidator.FormatRule(percentile, "must be from 0 to 100")
            );
        var sorted = values.ToArray();
        Array.Sort(sorted);
        var ranks = OrderStatisticResamples.Draw(values.Length, [percentile / 100], resamples, seed)[0];
        return Interval.FromResamples(ranks.Select(rank => rank.GetQuantile(sorted)).ToArray(), confidence);
    }

    private static void Require(ReadOnlySpan<double> values, int resamples, double confidence)
    {
        SampleChecks.Require(values, "values", 2);
        var check = new InputValidator();
        check.Within("resamples", resamples, 100, 100_000);
        check.Require(
            confidence is > 0.5 and < 1,
            "confidence",
            InputValidator.FormatRule(confidence, "must be above 0.5 and below 1")
        );
        check.ThrowIfAny();
    }
}

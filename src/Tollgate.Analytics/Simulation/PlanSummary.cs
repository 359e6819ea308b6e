using Tollgate.Analytics.Statistics;

namespace Tollgate.Analytics.Simulation;

/// <summary>
/// A plan's charges, in US dollars per month, over all trials. With several months, a trial's charge is that of its
/// mean month.
/// </summary>
public sealed record PlanSummary
{
    /// <summary>The plan's name.</summary>
    public required string Plan { get; init; }

    /// <summary>The arithmetic mean.</summary>
    public required double Mean { get; init; }

    /// <summary>
    /// The standard deviation over the square root of the number of trials: the standard error of the mean.
    /// </summary>
    public required double StandardError { get; init; }

    /// <summary>Percentile 50.</summary>
    public required double Median { get; init; }

    /// <summary>The square root of the sum of squares over n - 1.</summary>
    public required double StandardDeviation { get; init; }

    /// <summary>Standard deviation over mean; null if the mean is 0.</summary>
    public required double? Cv { get; init; }

    /// <summary>The lowest charge.</summary>
    public required double Minimum { get; init; }

    /// <summary>The highest charge.</summary>
    public required double Maximum { get; init; }

    /// <summary>The percentiles 1 to 99, by linear interpolation (type 7).</summary>
    public required IReadOnlyList<double> Percentiles { get; init; }

    /// <summary>The tail risks at the scenario's levels.</summary>
    public required IReadOnlyList<TailRisk> Tails { get; init; }

    /// <summary>Percentile 99 over the median; null if that is 0.</summary>
    public required double? TailRatio { get; init; }

    /// <summary>The third standardized moment; null without variation.</summary>
    public required double? Skewness { get; init; }

    /// <summary>The fourth standardized moment, minus 3; null without variation.</summary>
    public required double? Kurtosis { get; init; }

    /// <summary>The bootstrap interval of the mean; null without resamples.</summary>
    public required Interval? MeanInterval { get; init; }

    /// <summary>The bootstrap interval of the median; null without resamples.</summary>
    public required Interval? MedianInterval { get; init; }

    /// <summary>The bootstrap interval of percentile 95; null without resamples.</summary>
    public required Interval? P95Interval { get; init; }

    /// <summary>The mean charge over the mean number of tokens in millions; null without tokens.</summary>
    public required double? PerMillionTokens { get; init; }

    /// <summary>The share of all tokens that the plan refused to serve.</summary>
    public required double RefusedShare { get; init; }

    /// <summary>A percentile from 1 to 99.</summary>
    /// <exception cref="InvalidInputException">It is outside that range.</exception>
    public double Percentile(int percentile) =>
        percentile is >= 1 and <= 99
            ? Percentiles[percentile - 1]
            : throw new InvalidInputException("percentile", $"must be from 1 to 99, but is {percentile}");

    /// <summary>The tail risk at a level of the scenario.</summary>
    /// <exception cref="InvalidInputException">The scenario has no such level.</exception>
    public TailRisk Tail(double level) =>
        Tails.FirstOrDefault(tail => Math.Abs(tail.Level - level) < 1e-12)
        ?? throw new InvalidInputException(
            "level",
            InputValidator.FormatRule(level, "must be one of the scenario's tail levels")
        );
}

using Tollgate.Analytics.Statistics;

namespace Tollgate.Analytics.Simulation;

/// <summary>
/// A plan compared with the baseline, trial by trial: both were charged on the same draws, so common variation cancels.
/// </summary>
public sealed record PlanComparison
{
    /// <summary>The plan's name.</summary>
    public required string Plan { get; init; }

    /// <summary>
    /// The mean of the plan's charge minus the baseline's, in US dollars per month: negative if the plan is cheaper.
    /// </summary>
    public required double MeanDifference { get; init; }

    /// <summary>
    /// The bootstrap interval of that, from the same resamples for all plans; null without resamples.
    /// </summary>
    public required Interval? MeanDifferenceInterval { get; init; }

    /// <summary>
    /// The bootstrap interval of the plan's median minus the baseline's, both from the same resamples; null without
    /// resamples, or in a result that was saved before the interval existed.
    /// </summary>
    public Interval? MedianDifferenceInterval { get; init; }

    /// <summary>The same for percentile 95.</summary>
    public Interval? P95DifferenceInterval { get; init; }

    /// <summary>The standard deviation of the difference between trials.</summary>
    public required double StandardDeviation { get; init; }

    /// <summary>The mean difference relative to the baseline's mean; null if that is 0.</summary>
    public required double? RelativeDifference { get; init; }

    /// <summary>The share of the trials in which the plan charged less.</summary>
    public required double ProbabilityCheaper { get; init; }

    /// <summary>Wilson's interval of that share.</summary>
    public required Interval ProbabilityCheaperInterval { get; init; }

    /// <summary>The share of the trials in which both charged the same.</summary>
    public required double ProbabilityEqual { get; init; }
}

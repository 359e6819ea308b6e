using Tollgate.Analytics.Statistics;

namespace Tollgate.Analytics.Simulation;

/// <summary>
/// A plan beside the baseline, trial by trial: both were charged on the same draws, so what they share cancels.
/// </summary>
public sealed record PlanComparison
{
    /// <summary>The plan's name.</summary>
    public required string Plan { get; init; }

    /// <summary>
    /// The mean of the plan's charge less the baseline's, in US dollars a month: below 0 the plan is cheaper.
    /// </summary>
    public required double MeanDifference { get; init; }

    /// <summary>
    /// The bootstrap interval of that, from the same resamples for all plans; null without resamples.
    /// </summary>
    public required Interval? MeanDifferenceInterval { get; init; }

    /// <summary>
    /// The bootstrap interval of the plan's median less the baseline's, both from the same resamples; null without
    /// resamples, or in a result that was saved before there was one.
    /// </summary>
    public Interval? MedianDifferenceInterval { get; init; }

    /// <summary>The same of the percentile 95.</summary>
    public Interval? P95DifferenceInterval { get; init; }

    /// <summary>The standard deviation of the difference between trials.</summary>
    public required double StandardDeviation { get; init; }

    /// <summary>The mean difference over the baseline's mean; null where that is 0.</summary>
    public required double? RelativeDifference { get; init; }

    /// <summary>The share of the trials in which the plan charged less.</summary>
    public required double ProbabilityCheaper { get; init; }

    /// <summary>Wilson's interval of that share.</summary>
    public required Interval ProbabilityCheaperInterval { get; init; }

    /// <summary>The share of the trials in which both charged the same.</summary>
    public required double ProbabilityEqual { get; init; }
}

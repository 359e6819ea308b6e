using Tollgate.Analytics.Statistics.Resampling;

namespace Tollgate.Analytics.Simulation;

/// <summary>The resamples of a plan's charges.</summary>
/// <param name="Means">The mean in each resample; null if there are no resamples.</param>
/// <param name="Ranks">The ranks of the median and of the 95th percentile in each resample, the same for all plans;
/// null if there are no resamples.</param>
internal readonly record struct ResampledCharges(double[]? Means, RankPair[][]? Ranks);

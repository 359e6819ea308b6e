namespace Tollgate.Analytics.Statistics.Resampling;

/// <summary>How to draw resamples.</summary>
/// <param name="Resamples">The number of resamples.</param>
/// <param name="Seed">The seed of the draws.</param>
/// <param name="Threads">The number of threads; no result depends on it.</param>
internal readonly record struct ResamplingPlan(int Resamples, ulong Seed, int Threads);

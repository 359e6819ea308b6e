namespace Tollgate.Operations.Usage.Summaries;

/// <summary>Percentiles of the durations of calls, in seconds, by the nearest rank.</summary>
/// <param name="P50">Half of the calls took no longer; null if not computed.</param>
/// <param name="P95">19 of 20 calls took no longer; null if not computed.</param>
/// <param name="Unavailable">Why they were not computed; null if they were.</param>
public sealed record DurationPercentiles(decimal? P50, decimal? P95, string? Unavailable);

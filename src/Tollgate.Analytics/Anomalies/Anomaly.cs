namespace Tollgate.Analytics.Anomalies;

/// <summary>A day that stands out.</summary>
/// <param name="Day">The day.</param>
/// <param name="Amount">Its amount.</param>
/// <param name="Expected">What such a weekday among its neighbours would have had.</param>
/// <param name="Score">How many robust deviations it is off, on a scale of logarithms; negative where it is
/// low.</param>
public readonly record struct Anomaly(DateOnly Day, decimal Amount, decimal Expected, decimal Score);

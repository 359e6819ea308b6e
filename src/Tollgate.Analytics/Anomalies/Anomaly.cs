namespace Tollgate.Analytics.Anomalies;

/// <summary>An anomalous day.</summary>
/// <param name="Day">The day.</param>
/// <param name="Amount">Its amount.</param>
/// <param name="Expected">The expected amount for that weekday among the surrounding days.</param>
/// <param name="Score">
/// The distance in robust deviations, on a logarithmic scale; negative if the amount is low.
/// </param>
public readonly record struct Anomaly(DateOnly Day, decimal Amount, decimal Expected, decimal Score);

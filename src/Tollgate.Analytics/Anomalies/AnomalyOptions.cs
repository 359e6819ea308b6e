namespace Tollgate.Analytics.Anomalies;

/// <summary>The thresholds for an anomaly.</summary>
public sealed record AnomalyOptions
{
    /// <summary>The minimum absolute score.</summary>
    public double MinScore { get; init; } = 4;

    /// <summary>
    /// The minimum difference between the amount and the expected amount, in the series' unit: smaller differences are
    /// not relevant.
    /// </summary>
    public decimal MinDifference { get; init; } = 0.01m;
}

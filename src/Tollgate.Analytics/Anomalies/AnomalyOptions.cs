namespace Tollgate.Analytics.Anomalies;

/// <summary>What counts as standing out.</summary>
public sealed record AnomalyOptions
{
    /// <summary>The least score, without its sign.</summary>
    public double Threshold { get; init; } = 4;

    /// <summary>
    /// The least difference between amount and expected amount, in the series' unit: less is not worth a look.
    /// </summary>
    public decimal LeastDifference { get; init; } = 0.01m;
}

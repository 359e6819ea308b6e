namespace Tollgate.Client.Simulations;

/// <summary>The charges of each plan of a simulation.</summary>
public sealed record SimulationResult
{
    /// <summary>The id, by which it is compared, optimized, and drawn.</summary>
    public Guid SimulationId { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>The charges by plan.</summary>
    public IReadOnlyDictionary<string, PlanCharges> Results { get; init; } = new Dictionary<string, PlanCharges>();
}

/// <summary>The charges of a plan, in US dollars per month.</summary>
public sealed record PlanCharges
{
    /// <summary>The mean.</summary>
    public double Mean { get; init; }

    /// <summary>The median.</summary>
    public double Median { get; init; }

    /// <summary>The standard deviation.</summary>
    public double Std { get; init; }

    /// <summary>The standard deviation over the mean; null if the mean is 0.</summary>
    public double? Cv { get; init; }

    /// <summary>Percentile 95.</summary>
    public double P95 { get; init; }

    /// <summary>Percentile 99.</summary>
    public double P99 { get; init; }

    /// <summary>Percentile 99 over the median; null if that is 0.</summary>
    public double? TailRatio { get; init; }
}

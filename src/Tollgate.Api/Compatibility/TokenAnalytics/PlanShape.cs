using Tollgate.Analytics.Simulation;

namespace Tollgate.Api.Compatibility.TokenAnalytics;

/// <summary>The charges of a plan, in US dollars per month.</summary>
internal sealed record PlanShape
{
    /// <summary>The mean.</summary>
    public required double Mean { get; init; }

    /// <summary>The median.</summary>
    public required double Median { get; init; }

    /// <summary>The standard deviation.</summary>
    public required double Std { get; init; }

    /// <summary>The standard deviation over the mean; null if the mean is 0.</summary>
    public required double? Cv { get; init; }

    /// <summary>Percentile 95.</summary>
    public required double P95 { get; init; }

    /// <summary>Percentile 99.</summary>
    public required double P99 { get; init; }

    /// <summary>Percentile 99 over the median; null if that is 0.</summary>
    public required double? TailRatio { get; init; }

    public static PlanShape Create(PlanSummary plan) =>
        new()
        {
            Mean = plan.Mean,
            Median = plan.Median,
            Std = plan.StandardDeviation,
            Cv = plan.Cv,
            P95 = plan.Percentile(95),
            P99 = plan.Percentile(99),
            TailRatio = plan.TailRatio,
        };
}

using Tollgate.Analytics.Simulation;

namespace Tollgate.Api.Compatibility.TokenAnalytics;

/// <summary>A simulation to be compared.</summary>
internal sealed record CompareBody
{
    /// <summary>The simulation_id of a response of POST /simulation.</summary>
    public required string SimulationId { get; init; }
}

/// <summary>The plans of a simulation, the cheapest first.</summary>
/// <param name="Success">True.</param>
/// <param name="SimulationId">The simulation.</param>
/// <param name="Baseline">The plan that the others are compared with.</param>
/// <param name="Comparison">The plans.</param>
internal sealed record ComparisonShape(
    bool Success,
    string SimulationId,
    string Baseline,
    IReadOnlyList<ComparedShape> Comparison
)
{
    public static ComparisonShape Create(string id, SimulationReport report) =>
        new(
            true,
            id,
            report.Baseline,
            [
                .. report
                    .Plans.OrderBy(static plan => plan.Mean)
                    .Select(
                        (plan, place) =>
                            ComparedShape.Create(
                                place + 1,
                                plan,
                                report.Comparisons.FirstOrDefault(other => other.Plan == plan.Plan)
                            )
                    ),
            ]
        );
}

/// <summary>A plan of a simulation, compared with the baseline on the same draws.</summary>
internal sealed record ComparedShape
{
    /// <summary>The plan.</summary>
    public required string Mechanism { get; init; }

    /// <summary>Its place by the mean charge, from 1.</summary>
    public required int Rank { get; init; }

    /// <summary>The mean charge in US dollars per month.</summary>
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

    /// <summary>The mean charge minus the baseline's; null for the baseline.</summary>
    public required double? MeanDifference { get; init; }

    /// <summary>That difference relative to the baseline's mean; null for the baseline.</summary>
    public required double? RelativeDifference { get; init; }

    /// <summary>The share of the trials in which it charges less than the baseline; null for the baseline.</summary>
    public required double? ProbabilityCheaper { get; init; }

    public static ComparedShape Create(int rank, PlanSummary plan, PlanComparison? compared) =>
        new()
        {
            Mechanism = plan.Plan,
            Rank = rank,
            Mean = plan.Mean,
            Median = plan.Median,
            Std = plan.StandardDeviation,
            Cv = plan.Cv,
            P95 = plan.Percentile(95),
            P99 = plan.Percentile(99),
            TailRatio = plan.TailRatio,
            MeanDifference = compared?.MeanDifference,
            RelativeDifference = compared?.RelativeDifference,
            ProbabilityCheaper = compared?.ProbabilityCheaper,
        };
}

namespace Tollgate.Analytics.Simulation;

/// <summary>
/// The result of a simulation. It contains no times and nothing specific to the machine: the same scenario gives the
/// same report.
/// </summary>
public sealed record SimulationReport
{
    /// <summary>The seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The number of completed trials.</summary>
    public required int Trials { get; init; }

    /// <summary>True if all trials were completed; false after a cancellation.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>The number of months in a trial.</summary>
    public required int Months { get; init; }

    /// <summary>The usage of all users in the mean month.</summary>
    public required MeanUsage Usage { get; init; }

    /// <summary>The probability of the intervals.</summary>
    public required double Confidence { get; init; }

    /// <summary>The number of resamples behind the intervals.</summary>
    public required int Resamples { get; init; }

    /// <summary>The plans, in the scenario's order.</summary>
    public required IReadOnlyList<PlanSummary> Plans { get; init; }

    /// <summary>The plan that the others are compared with.</summary>
    public required string Baseline { get; init; }

    /// <summary>The other plans compared with the baseline.</summary>
    public required IReadOnlyList<PlanComparison> Comparisons { get; init; }

    /// <summary>A plan's summary.</summary>
    /// <exception cref="InvalidInputException">No plan has that name.</exception>
    public PlanSummary Plan(string name) =>
        Plans.FirstOrDefault(plan => plan.Plan == name)
        ?? throw new InvalidInputException(
            "plan",
            $"'{name}' is unknown: it must be one of {string.Join(", ", Plans.Select(plan => plan.Plan))}"
        );
}

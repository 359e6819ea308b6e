using Tollgate.Analytics.Plans;
using Tollgate.Analytics.Workloads;

namespace Tollgate.Analytics.Simulation;

/// <summary>
/// Everything that a simulation's result depends on: the same scenario gives the same report, to the last byte, on any
/// machine.
/// </summary>
public sealed record Scenario
{
    /// <summary>The maximum number of trials of one run.</summary>
    public const int MaxTrials = 100_000_000;

    /// <summary>The usage to simulate.</summary>
    public required Workload Workload { get; init; }

    /// <summary>The plans to charge by. All plans are charged on the same draws.</summary>
    public required IReadOnlyList<IPricingPlan> Plans { get; init; }

    /// <summary>The plan that the others are compared with; null means the first.</summary>
    public string? Baseline { get; init; }

    /// <summary>The number of months in a trial.</summary>
    public int Months { get; init; } = 1;

    /// <summary>The number of times the months are simulated.</summary>
    public int Trials { get; init; } = 100_000;

    /// <summary>The seed of the random numbers.</summary>
    public ulong Seed { get; init; }

    /// <summary>Resamples for the bootstrap intervals; 0 for none.</summary>
    public int Resamples { get; init; } = 1000;

    /// <summary>The probability of the intervals.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>The levels of value at risk and conditional value at risk.</summary>
    public IReadOnlyList<double> TailLevels { get; init; } = [0.95, 0.99];

    internal int BaselineIndex => Baseline is null ? 0 : Plans.TakeWhile(plan => plan.Name != Baseline).Count();

    /// <summary>All problems of the scenario; empty if it can be run.</summary>
    public IReadOnlyList<InputProblem> Problems()
    {
        var check = new InputValidator();
        Workload.Check(check.ForPart("workload"));
        CheckPlans(check);
        check.Within("months", Months, 1, 120);
        check.Within("trials", Trials, 2, MaxTrials);
        check.Require(
            Resamples == 0 || Resamples is >= 100 and <= 100_000,
            "resamples",
            $"must be 0 or from 100 to 100000, but is {Resamples}"
        );
        check.Require(
            Confidence is > 0.5 and < 1,
            "confidence",
            InputValidator.FormatRule(Confidence, "must be above 0.5 and below 1")
        );
        for (var i = 0; i < TailLevels.Count; i++)
            check.Require(
                TailLevels[i] is > 0 and < 1,
                $"tailLevels[{i}]",
                InputValidator.FormatRule(TailLevels[i], "must be above 0 and below 1")
            );
        return check.Problems;
    }

    private void CheckPlans(InputValidator check)
    {
        check.Require(Plans.Count > 0, "plans", "is empty: at least one plan is needed");
        for (var i = 0; i < Plans.Count; i++)
        {
            var plan = check.ForPart($"plans[{i}]");
            plan.Require(Plans[i].Name.Length > 0, "name", "is empty");
            plan.Require(
                Plans.Take(i).All(other => other.Name != Plans[i].Name),
                "name",
                $"'{Plans[i].Name}' is also the name of another plan"
            );
            Plans[i].Check(plan, Workload);
        }
        if (Baseline is { } baseline)
            check.Require(
                Plans.Any(plan => plan.Name == baseline),
                "baseline",
                $"'{baseline}' is not a plan of the scenario"
            );
    }
}

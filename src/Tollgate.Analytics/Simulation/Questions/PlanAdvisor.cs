using System.Globalization;

namespace Tollgate.Analytics.Simulation.Questions;

/// <summary>
/// Recommends a plan: the lowest score within the budget, where score = mean + weight × (CVaR 95 % − mean). CVaR minus
/// mean is the extra cost of a bad month (the worst 5 %) over a mean one; the weight is the profile's.
/// </summary>
public static class PlanAdvisor
{
    private const double TailLevel = 0.95;
    private const int TrialsForVolume = 10_000;

    /// <summary>
    /// Simulates the scenario at the profile's volume and recommends a plan. If canceled, the recommendation is based
    /// on the completed trials.
    /// </summary>
    /// <exception cref="InvalidInputException">
    /// The scenario or the profile is invalid, or there is no usage to scale.
    /// </exception>
    /// <exception cref="OperationCanceledException">
    /// It was canceled before there was anything to base a recommendation on.
    /// </exception>
    public static Recommendation Recommend(
        Scenario scenario,
        UserProfile profile,
        SimulationOptions? options = null,
        CancellationToken stop = default
    )
    {
        Check(profile);
        if (!scenario.TailLevels.Contains(TailLevel))
            scenario = scenario with { TailLevels = [.. scenario.TailLevels, TailLevel] };
        scenario = scenario with { Resamples = 0 };
        if (profile.UsageVolume is { } volume)
            scenario = AtVolume(scenario, volume, options, stop);
        return Recommend(PlanSimulation.Run(scenario, options, stop), profile);
    }

    /// <summary>
    /// Recommends a plan based on an existing report, regardless of the profile's volume. The report needs the tail
    /// level 0.95.
    /// </summary>
    /// <exception cref="InvalidInputException">The profile is invalid, or the report lacks the level.</exception>
    public static Recommendation Recommend(SimulationReport report, UserProfile profile)
    {
        Check(profile);
        var ranking = report
            .Plans.Select(plan => Rank(plan, profile))
            .OrderByDescending(plan => plan.IsWithinBudget)
            .ThenBy(plan => plan.Score)
            .ToList();
        var best = ranking[0].IsWithinBudget ? ranking[0] : null;
        return new Recommendation(best?.Plan, ranking, [.. Reasons(report, profile, ranking, best)], profile)
        {
            Trials = report.Trials,
            IsComplete = report.IsComplete,
        };
    }

    private static Scenario AtVolume(
        Scenario scenario,
        double volume,
        SimulationOptions? options,
        CancellationToken stop
    )
    {
        var trials = Math.Min(scenario.Trials, TrialsForVolume);
        // It is short compared with what follows, and has no progress of its own.
        var trial = new QuestionRuns(trials, options is null ? null : options with { Progress = null }, stop).Run(
            scenario with
            {
                Trials = trials,
            }
        );
        if (!(trial.Usage.TotalTokens > 0))
            throw new InvalidInputException(
                "workload",
                "uses no tokens, so it cannot be scaled to the profile's usageVolume"
            );
        return scenario with
        {
            Workload = scenario.Workload with { Volume = scenario.Workload.Volume * volume / trial.Usage.TotalTokens },
        };
    }

    private static RankedPlan Rank(PlanSummary plan, UserProfile profile)
    {
        var premium = profile.RiskWeight * (plan.Tail(TailLevel).ConditionalValueAtRisk - plan.Mean);
        var budget = (double?)profile.Budget;
        return new RankedPlan(
            plan.Plan,
            plan.Mean + premium,
            plan.Mean,
            premium,
            plan.StandardDeviation * plan.StandardDeviation,
            plan.Percentile(95),
            budget is null || plan.Mean <= budget,
            budget is { } limit ? OverShare(plan, limit) : null,
            plan.RefusedShare
        );
    }

    private static double OverShare(PlanSummary plan, double budget)
    {
        if (plan.Maximum <= budget)
            return 0;
        if (plan.Minimum > budget)
            return 1;
        return 1 - plan.Percentiles.Count(percentile => percentile <= budget) / 100.0;
    }

    private static IEnumerable<string> Reasons(
        SimulationReport report,
        UserProfile profile,
        List<RankedPlan> ranking,
        RankedPlan? best
    )
    {
        yield return Text($"Priced at {report.Usage.TotalTokens:N0} tokens per month.");
        yield return Text($"A bad month (the mean of the worst 5 %) has a weight of {profile.RiskWeight:0.##}.");
        if (best is null)
        {
            var nearest = ranking.MinBy(plan => plan.Mean)!;
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"No plan has a mean charge within the budget of ${profile.Budget:N2}; the closest is "
                    + $"{nearest.Plan} at ${nearest.Mean:N2}."
            );
            yield break;
        }
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{best.Plan} has the lowest score, ${best.Score:N2}: a mean of ${best.Mean:N2} and "
                + $"${best.RiskPremium:N2} for its risk."
        );
        if (ranking.Count > 1 && ranking[1] is { IsWithinBudget: true } next)
            yield return Text(
                $"The runner-up is {next.Plan}, ${next.Score - best.Score:N2} behind, with a mean of ${next.Mean:N2}."
            );
        var cheapest = ranking.MinBy(plan => plan.Mean)!;
        if (cheapest.Plan != best.Plan)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{cheapest.Plan} is cheaper on average, ${cheapest.Mean:N2}, "
                    + $"but its risk is priced at ${cheapest.RiskPremium:N2}."
            );
        var over = ranking.Where(plan => !plan.IsWithinBudget).Select(plan => plan.Plan).ToList();
        if (over.Count > 0)
            yield return Text($"Over the budget of ${profile.Budget:N2} on average: {string.Join(", ", over)}.");
        if (best.ProbabilityOverBudget is > 0)
            yield return Text($"About {best.ProbabilityOverBudget:P0} of the months exceed the budget.");
        if (best.RefusedShare > 0)
            yield return Text($"It refuses {best.RefusedShare:P1} of the tokens.");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void Check(UserProfile profile)
    {
        var check = new InputValidator();
        profile.Check(check.ForPart("profile"));
        check.ThrowIfAny();
    }
}

using Tollgate.Analytics.Statistics;
using Tollgate.Analytics.Statistics.Resampling;

namespace Tollgate.Analytics.Simulation;

/// <summary>Summarises outcomes. The charges are sorted in place at the end: no second copy of them is made.</summary>
internal static class ReportBuilder
{
    private static readonly double[] ResampledQuantiles = [0.5, 0.95];

    public static SimulationReport Build(Scenario scenario, SimulationOutcomes outcomes, int threads)
    {
        // 1. What needs the charges by trial: means of resamples, and pairs.
        var plans = Enumerable.Range(0, scenario.Plans.Count).ToArray();
        var columns = plans.Select(outcomes.ChargesOf).ToArray();
        var means = scenario.Resamples > 0
            ? SharedResamples.Means(columns, outcomes.Trials, scenario.Resamples, scenario.Seed, threads)
            : null;
        var moments = new Moments[plans.Length];
        var comparisons = new PlanComparison[plans.Length];
        Each(plans.Length, threads, plan =>
        {
            moments[plan] = Moments.Of(columns[plan].AsSpan(0, outcomes.Trials));
            comparisons[plan] = PairedComparison.Of(scenario, outcomes, plan, means);
        });

        // 2. What needs them sorted.
        var ranks = scenario.Resamples > 0
            ? OrderStatisticResamples.Draw(outcomes.Trials, ResampledQuantiles, scenario.Resamples, scenario.Seed)
            : null;
        var usage = outcomes.MeanUsage();
        var summaries = new PlanSummary[plans.Length];
        Each(plans.Length, threads, plan =>
        {
            var sorted = columns[plan].AsSpan(0, outcomes.Trials);
            sorted.Sort();
            var tokens = usage.Input + usage.Output;
            summaries[plan] = PlanSummaries.Of(scenario, plan, sorted, moments[plan], means?[plan], ranks) with
            {
                PerMillionTokens = tokens > 0 ? moments[plan].Mean / tokens * 1e6 : null,
                RefusedShare = tokens > 0 ? outcomes.MeanRefused(plan) / tokens : 0,
            };
        });

        return new SimulationReport
        {
            Seed = scenario.Seed,
            Trials = outcomes.Trials,
            IsComplete = outcomes.Trials == scenario.Trials,
            Months = scenario.Months,
            Usage = new MeanUsage(usage.Requests, usage.Input, usage.Cached, usage.Output),
            Confidence = scenario.Confidence,
            Resamples = scenario.Resamples,
            Plans = summaries,
            Baseline = scenario.Plans[scenario.BaselineIndex].Name,
            Comparisons = [.. comparisons.Where((_, plan) => plan != scenario.BaselineIndex)],
        };
    }

    private static void Each(int count, int threads, Action<int> work) => WorkQueue.Run(count, threads, () => work, CancellationToken.None);
}

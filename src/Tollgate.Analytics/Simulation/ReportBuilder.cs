using Tollgate.Analytics.Statistics;
using Tollgate.Analytics.Statistics.Resampling;
using Tollgate.Analytics.Threading;

namespace Tollgate.Analytics.Simulation;

/// <summary>
/// Summarizes outcomes. Charges are sorted in place at the end, when they are no longer needed by trial; for paired
/// quantiles, each thread sorts a copy of one plan's.
/// </summary>
internal static class ReportBuilder
{
    private static readonly double[] ResampledQuantiles = [0.5, 0.95];

    public static SimulationReport Build(Scenario scenario, SimulationOutcomes outcomes, int threads)
    {
        // 1. Results that need the charges by trial: means of resamples, and pairs.
        var plans = Enumerable.Range(0, scenario.Plans.Count).ToArray();
        var columns = plans.Select(outcomes.GetCharges).ToArray();
        var means =
            scenario.Resamples > 0
                ? SharedResamples.Means(columns, outcomes.Trials, scenario.Resamples, scenario.Seed, threads)
                : null;
        var moments = new Moments[plans.Length];
        var comparisons = new PlanComparison[plans.Length];
        Each(
            plans.Length,
            threads,
            plan =>
            {
                moments[plan] = Moments.FromSample(columns[plan].AsSpan(0, outcomes.Trials));
                comparisons[plan] = PairedComparison.Compare(scenario, outcomes, plan, means);
            }
        );

        // 2. Results that need sorted charges, and the candidates for a quantile of a resample.
        var isPaired = scenario.Resamples > 0 && plans.Length > 1;
        var windows = new QuantileWindow[plans.Length * ResampledQuantiles.Length];
        var ranks =
            scenario.Resamples > 0
                ? OrderStatisticResamples.Draw(outcomes.Trials, ResampledQuantiles, scenario.Resamples, scenario.Seed)
                : null;
        var usage = outcomes.MeanUsage();
        var summaries = new PlanSummary[plans.Length];
        WorkQueue.Run(
            plans.Length,
            threads,
            () =>
            {
                var copy = isPaired ? new double[outcomes.Trials] : null;
                return plan => Summarise(plan, copy ?? columns[plan]);
            },
            CancellationToken.None
        );

        // 3. Quantiles in resamples that all plans share.
        if (isPaired)
        {
            double[][] columnOf =
            [
                .. plans.SelectMany(plan => Enumerable.Repeat(columns[plan], ResampledQuantiles.Length)),
            ];
            var quantiles = PairedQuantiles.Draw(
                columnOf,
                windows,
                outcomes.Trials,
                new ResamplingPlan(scenario.Resamples, scenario.Seed, threads)
            );
            foreach (var plan in plans)
                comparisons[plan] = PairedComparison.WithQuantiles(
                    comparisons[plan],
                    QuantilesOf(plan),
                    QuantilesOf(scenario.BaselineIndex),
                    scenario.Confidence
                );

            ReadOnlySpan<double[]> QuantilesOf(int plan) =>
                quantiles.AsSpan(plan * ResampledQuantiles.Length, ResampledQuantiles.Length);
        }

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

        void Summarise(int plan, double[] room)
        {
            var sorted = room.AsSpan(0, outcomes.Trials);
            if (isPaired)
                columns[plan].AsSpan(0, outcomes.Trials).CopyTo(sorted);
            sorted.Sort();
            for (var q = 0; isPaired && q < ResampledQuantiles.Length; q++)
                windows[plan * ResampledQuantiles.Length + q] = QuantileWindow.Create(
                    columns[plan].AsSpan(0, outcomes.Trials),
                    sorted,
                    ResampledQuantiles[q]
                );
            var tokens = usage.Input + usage.Output;
            var resampled = new ResampledCharges(means?[plan], ranks);
            summaries[plan] = PlanSummaryBuilder.Build(scenario, plan, sorted, moments[plan], resampled) with
            {
                PerMillionTokens = tokens > 0 ? moments[plan].Mean / tokens * 1e6 : null,
                RefusedShare = tokens > 0 ? outcomes.MeanRefused(plan) / tokens : 0,
            };
        }
    }

    private static void Each(int count, int threads, Action<int> work) =>
        WorkQueue.Run(count, threads, () => work, CancellationToken.None);
}

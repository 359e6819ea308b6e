using Tollgate.Analytics.Statistics;
using Tollgate.Analytics.Statistics.Resampling;

namespace Tollgate.Analytics.Simulation;

/// <summary>Creates a plan's summary from its sorted charges.</summary>
internal static class PlanSummaryBuilder
{
    public static PlanSummary Build(
        Scenario scenario,
        int plan,
        ReadOnlySpan<double> sorted,
        Moments moments,
        in ResampledCharges resampled
    )
    {
        var percentiles = new double[99];
        for (var p = 1; p <= percentiles.Length; p++)
            percentiles[p - 1] = RiskMeasures.Percentile(sorted, p);
        var tails = new TailRisk[scenario.TailLevels.Count];
        for (var i = 0; i < tails.Length; i++)
        {
            var level = scenario.TailLevels[i];
            tails[i] = new TailRisk(
                level,
                RiskMeasures.ValueAtRisk(sorted, level),
                RiskMeasures.ConditionalValueAtRisk(sorted, level)
            );
        }
        return new PlanSummary
        {
            Plan = scenario.Plans[plan].Name,
            Mean = moments.Mean,
            StandardError = moments.StandardDeviation / Math.Sqrt(sorted.Length),
            Median = percentiles[49],
            StandardDeviation = moments.StandardDeviation,
            Cv = moments.Mean == 0 ? null : moments.StandardDeviation / moments.Mean,
            Minimum = sorted[0],
            Maximum = sorted[^1],
            Percentiles = percentiles,
            Tails = tails,
            TailRatio = percentiles[49] == 0 ? null : percentiles[98] / percentiles[49],
            Skewness = moments.Skewness,
            Kurtosis = moments.Kurtosis,
            MeanInterval = GetMeanInterval(resampled.Means, moments, scenario.Confidence),
            MedianInterval = FromRanks(resampled.Ranks?[0], sorted, scenario.Confidence),
            P95Interval = FromRanks(resampled.Ranks?[1], sorted, scenario.Confidence),
            PerMillionTokens = null,
            RefusedShare = 0,
        };
    }

    /// <summary>
    /// Sums of products are rounded where plain sums are not: without variation, the interval has no width.
    /// </summary>
    private static Interval? GetMeanInterval(double[]? means, Moments moments, double confidence)
    {
        if (means is null)
            return null;
        return moments.StandardDeviation == 0
            ? new Interval(moments.Mean, moments.Mean)
            : Interval.FromResamples(means.AsSpan().ToArray(), confidence);
    }

    private static Interval? FromRanks(RankPair[]? ranks, ReadOnlySpan<double> sorted, double confidence)
    {
        if (ranks is null)
            return null;
        var values = new double[ranks.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = ranks[i].GetQuantile(sorted);
        return Interval.FromResamples(values, confidence);
    }
}

using System.Runtime.CompilerServices;
using Tollgate.Analytics.Statistics;

namespace Tollgate.Analytics.Simulation;

/// <summary>Compares a plan's charges with the baseline's, trial by trial.</summary>
internal static class PairedComparison
{
    public static PlanComparison Compare(Scenario scenario, SimulationOutcomes outcomes, int plan, double[][]? means)
    {
        var baseline = scenario.BaselineIndex;
        var charges = outcomes.GetCharges(plan).AsSpan(0, outcomes.Trials);
        var others = outcomes.GetCharges(baseline).AsSpan(0, outcomes.Trials);
        var (mean, deviation, lower, equal) = Walk(charges, others);
        var baselineMean = Moments.FromSample(others).Mean;
        var cheaper = (double)lower / outcomes.Trials;
        return new PlanComparison
        {
            Plan = scenario.Plans[plan].Name,
            MeanDifference = mean,
            MeanDifferenceInterval = means is null
                ? null
                : Interval.FromResamples(Differences(means[plan], means[baseline]), scenario.Confidence),
            StandardDeviation = deviation,
            RelativeDifference = baselineMean == 0 ? null : mean / baselineMean,
            ProbabilityCheaper = cheaper,
            ProbabilityCheaperInterval = Interval.FromShare(cheaper, outcomes.Trials, scenario.Confidence),
            ProbabilityEqual = (double)equal / outcomes.Trials,
        };
    }

    /// <summary>Adds the intervals of the differences of median and percentile 95.</summary>
    /// <param name="comparison">The comparison of means.</param>
    /// <param name="plan">The plan's median and percentile 95 in each resample.</param>
    /// <param name="baseline">The baseline's.</param>
    /// <param name="confidence">The probability of the intervals.</param>
    public static PlanComparison WithQuantiles(
        PlanComparison comparison,
        ReadOnlySpan<double[]> plan,
        ReadOnlySpan<double[]> baseline,
        double confidence
    ) =>
        comparison with
        {
            MedianDifferenceInterval = Interval.FromResamples(Differences(plan[0], baseline[0]), confidence),
            P95DifferenceInterval = Interval.FromResamples(Differences(plan[1], baseline[1]), confidence),
        };

    private static double[] Differences(double[] values, double[] others)
    {
        var differences = new double[values.Length];
        for (var i = 0; i < differences.Length; i++)
            differences[i] = values[i] - others[i];
        return differences;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (double Mean, double Deviation, int Lower, int Equal) Walk(
        ReadOnlySpan<double> charges,
        ReadOnlySpan<double> others
    )
    {
        double sum = 0,
            squares = 0;
        int lower = 0,
            equal = 0;
        var origin = charges[0] - others[0];
        for (var i = 0; i < charges.Length; i++)
        {
            var difference = charges[i] - others[i] - origin;
            sum += difference;
            squares += difference * difference;
            if (charges[i] < others[i])
                lower++;
            else if (charges[i] == others[i])
                equal++;
        }
        var variance = (squares - sum * sum / charges.Length) / (charges.Length - 1);
        return (origin + sum / charges.Length, Math.Sqrt(Math.Max(0, variance)), lower, equal);
    }
}

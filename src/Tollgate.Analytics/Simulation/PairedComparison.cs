using System.Runtime.CompilerServices;
using Tollgate.Analytics.Statistics;

namespace Tollgate.Analytics.Simulation;

/// <summary>Compares a plan's charges with the baseline's, trial by trial.</summary>
internal static class PairedComparison
{
    public static PlanComparison Of(Scenario scenario, SimulationOutcomes outcomes, int plan, double[][]? means)
    {
        var baseline = scenario.BaselineIndex;
        var charges = outcomes.ChargesOf(plan).AsSpan(0, outcomes.Trials);
        var others = outcomes.ChargesOf(baseline).AsSpan(0, outcomes.Trials);
        var (mean, deviation, lower, equal) = Walk(charges, others);
        var baselineMean = Moments.Of(others).Mean;
        var cheaper = (double)lower / outcomes.Trials;
        return new PlanComparison
        {
            Plan = scenario.Plans[plan].Name,
            MeanDifference = mean,
            MeanDifferenceInterval = means is null ? null : Interval.OfResamples(Differences(means[plan], means[baseline]), scenario.Confidence),
            StandardDeviation = deviation,
            RelativeDifference = baselineMean == 0 ? null : mean / baselineMean,
            ProbabilityCheaper = cheaper,
            ProbabilityCheaperInterval = Interval.OfShare(cheaper, outcomes.Trials, scenario.Confidence),
            ProbabilityEqual = (double)equal / outcomes.Trials,
        };
    }

    private static double[] Differences(double[] means, double[] others)
    {
        var differences = new double[means.Length];
        for (var i = 0; i < differences.Length; i++) differences[i] = means[i] - others[i];
        return differences;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (double Mean, double Deviation, int Lower, int Equal) Walk(ReadOnlySpan<double> charges, ReadOnlySpan<double> others)
    {
        double sum = 0, squares = 0;
        int lower = 0, equal = 0;
        var origin = charges[0] - others[0];
        for (var i = 0; i < charges.Length; i++)
        {
            var difference = charges[i] - others[i] - origin;
            sum += difference;
            squares += difference * difference;
            if (charges[i] < others[i]) lower++;
            else if (charges[i] == others[i]) equal++;
        }
        var variance = (squares - sum * sum / charges.Length) / (charges.Length - 1);
        return (origin + sum / charges.Length, Math.Sqrt(Math.Max(0, variance)), lower, equal);
    }
}

using Tollgate.Analytics.Workloads;

namespace Tollgate.Analytics.Plans;

/// <summary>
/// Tokens cost more in busy hours: the load of an hour of the week is the month's congestion times the hour's usage
/// relative to the busiest hour's, and above the threshold its tokens cost a multiple.
/// </summary>
public sealed record DynamicPlan : PricingPlan
{
    /// <summary>The rates of a quiet hour.</summary>
    public required TokenRates Rates { get; init; }

    /// <summary>The factor on the rate of a token in a busy hour.</summary>
    public required double PeakMultiplier { get; init; }

    /// <summary>The share of full load above which (exclusive) an hour is busy: from 0 to 1.</summary>
    public required double Threshold { get; init; }

    /// <inheritdoc/>
    public override void Check(InputValidator check, Workload workload)
    {
        Rates.Check(check.ForPart("rates"), workload);
        check.NotNegative("peakMultiplier", PeakMultiplier);
        check.Share("threshold", Threshold);
    }

    /// <inheritdoc/>
    public override IPlanPricing Prepare(Workload workload) =>
        new Pricing(Rates.Over(workload), PeakMultiplier - 1, Threshold, new LoadCurve(workload.Week));

    private sealed class Pricing(TokenPricing rates, double surcharge, double threshold, LoadCurve week) : IPlanPricing
    {
        public MonthCharge Charge(in UsageMonth usage, Span<double> carried)
        {
            var busy = usage.Congestion > threshold ? week.Above(threshold / usage.Congestion * week.Busiest).Share : 0;
            return new(rates.Charge(usage) * (1 + surcharge * busy));
        }
    }
}

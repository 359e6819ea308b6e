using Tollgate.Analytics.Workloads;

namespace Tollgate.Analytics.Plans;

/// <summary>
/// Tokens cost more in busy hours: an hour of the week is as busy as the month's congestion times its share of the
/// busiest hour's usage, and above the threshold its tokens cost a multiple.
/// </summary>
public sealed record DynamicPlan : PricingPlan
{
    /// <summary>The rates of a quiet hour.</summary>
    public required TokenRates Rates { get; init; }

    /// <summary>How many times its rate a token costs in a busy hour.</summary>
    public required double PeakMultiplier { get; init; }

    /// <summary>From which share of full load on, not included, an hour is busy: from 0 to 1.</summary>
    public required double Threshold { get; init; }

    /// <inheritdoc/>
    public override void Check(InputCheck check, Workload workload)
    {
        Rates.Check(check.Of("rates"), workload);
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
            return new(rates.Of(usage) * (1 + surcharge * busy));
        }
    }
}

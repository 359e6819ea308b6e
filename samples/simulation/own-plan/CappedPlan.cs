using Tollgate.Analytics;
using Tollgate.Analytics.Plans;
using Tollgate.Analytics.Workloads;

namespace Tollgate.Samples.OwnPlan;

/// <summary>A plan of one's own: one price for all tokens, and a month never costs more than the cap.</summary>
internal sealed record CappedPlan : PricingPlan
{
    /// <summary>US dollars for 1,000,000 tokens.</summary>
    public required decimal Rate { get; init; }

    /// <summary>US dollars.</summary>
    public required decimal Cap { get; init; }

    public override void Check(InputValidator check, Workload workload)
    {
        check.NotNegative("rate", Rate);
        check.NotNegative("cap", Cap);
    }

    public override IPlanPricing Prepare(Workload workload) => new Pricing((double)Rate / 1_000_000, (double)Cap);

    private sealed class Pricing(double rate, double cap) : IPlanPricing
    {
        public MonthCharge Charge(in UsageMonth usage, Span<double> carried) =>
            new(Math.Min(usage.TotalTokens * rate, cap));
    }
}

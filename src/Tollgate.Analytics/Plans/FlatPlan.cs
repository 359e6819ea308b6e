using Tollgate.Analytics.Workloads;

namespace Tollgate.Analytics.Plans;

/// <summary>The same fee every month, regardless of usage.</summary>
public sealed record FlatPlan : PricingPlan
{
    /// <summary>The fee per account and month.</summary>
    public required decimal Fee { get; init; }

    /// <inheritdoc/>
    public override void Check(InputValidator check, Workload workload) => check.NotNegative("fee", Fee);

    /// <inheritdoc/>
    public override IPlanPricing Prepare(Workload workload) => new Pricing((double)Fee);

    private sealed class Pricing(double fee) : IPlanPricing
    {
        public MonthCharge Charge(in UsageMonth usage, Span<double> carried) => new(fee);
    }
}

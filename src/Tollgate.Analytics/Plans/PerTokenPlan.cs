using Tollgate.Analytics.Workloads;

namespace Tollgate.Analytics.Plans;

/// <summary>Charges every token at its rate, with an optional monthly fee.</summary>
public sealed record PerTokenPlan : PricingPlan
{
    /// <summary>The rates.</summary>
    public required TokenRates Rates { get; init; }

    /// <summary>A fee per account and month.</summary>
    public decimal Fee { get; init; }

    /// <inheritdoc/>
    public override void Check(InputValidator check, Workload workload)
    {
        Rates.Check(check.ForPart("rates"), workload);
        check.NotNegative("fee", Fee);
    }

    /// <inheritdoc/>
    public override IPlanPricing Prepare(Workload workload) => new Pricing(Rates.Over(workload), (double)Fee);

    private sealed class Pricing(TokenPricing rates, double fee) : IPlanPricing
    {
        public MonthCharge Charge(in UsageMonth usage, Span<double> carried) => new(fee + rates.Charge(usage));
    }
}

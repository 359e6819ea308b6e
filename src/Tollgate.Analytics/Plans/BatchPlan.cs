using Tollgate.Analytics.Workloads;

namespace Tollgate.Analytics.Plans;

/// <summary>Charges every token at its rate; a share of the usage can wait for a discounted batch.</summary>
public sealed record BatchPlan : PricingPlan
{
    /// <summary>The rates.</summary>
    public required TokenRates Rates { get; init; }

    /// <summary>The share of usage that goes into batches, from 0 to 1.</summary>
    public required double BatchShare { get; init; }

    /// <summary>The discount on the rates for batches, from 0 to 1.</summary>
    public double Discount { get; init; } = 0.5;

    /// <inheritdoc/>
    public override void Check(InputValidator check, Workload workload)
    {
        Rates.Check(check.ForPart("rates"), workload);
        check.Share("batchShare", BatchShare);
        check.Share("discount", Discount);
    }

    /// <inheritdoc/>
    public override IPlanPricing Prepare(Workload workload) =>
        new Pricing(Rates.Over(workload, 1 - BatchShare * Discount));

    private sealed class Pricing(TokenPricing rates) : IPlanPricing
    {
        public MonthCharge Charge(in UsageMonth usage, Span<double> carried) => new(rates.Charge(usage));
    }
}

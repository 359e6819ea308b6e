using Tollgate.Analytics.Workloads;

namespace Tollgate.Analytics.Plans;

/// <summary>Charges every token at its rate, with a discount on input that was read from a cache.</summary>
public sealed record CachedPlan : PricingPlan
{
    /// <summary>The rates; their own rate for cached input is not used.</summary>
    public required TokenRates Rates { get; init; }

    /// <summary>The discount on the input rate for cached tokens, from 0 to 1.</summary>
    public required double Discount { get; init; }

    /// <summary>
    /// The share of input that comes from the cache under this plan, from 0 to 1; null means the workload's.
    /// </summary>
    public double? HitRate { get; init; }

    /// <inheritdoc/>
    public override void Check(InputValidator check, Workload workload)
    {
        Rates.Check(check.ForPart("rates"), workload);
        check.Share("discount", Discount);
        if (HitRate is { } hitRate)
            check.Share("hitRate", hitRate);
    }

    /// <inheritdoc/>
    public override IPlanPricing Prepare(Workload workload)
    {
        var rates = Rates.Over(workload);
        return new Pricing(rates with { CachedInput = rates.Input * (1 - Discount) }, HitRate);
    }

    private sealed class Pricing(TokenPricing rates, double? hitRate) : IPlanPricing
    {
        public MonthCharge Charge(in UsageMonth usage, Span<double> carried) =>
            hitRate is { } rate
                ? new(rates.Charge(usage with { CachedInputTokens = usage.InputTokens * rate }))
                : new(rates.Charge(usage));
    }
}

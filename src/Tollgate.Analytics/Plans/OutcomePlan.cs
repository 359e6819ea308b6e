using Tollgate.Analytics.Workloads;

namespace Tollgate.Analytics.Plans;

/// <summary>
/// Charges only for successful requests: their tokens at a multiple of their rates, plus a fee for each.
/// </summary>
public sealed record OutcomePlan : PricingPlan
{
    /// <summary>The rates before the multiplier.</summary>
    public required TokenRates Rates { get; init; }

    /// <summary>The factor on the rate of a token of a successful request.</summary>
    public double Multiplier { get; init; } = 1;

    /// <summary>US dollars for each successful request.</summary>
    public decimal SuccessFee { get; init; }

    /// <summary>The share that succeeds under this plan, from 0 to 1; null means the workload's.</summary>
    public double? SuccessRate { get; init; }

    /// <inheritdoc/>
    public override void Check(InputValidator check, Workload workload)
    {
        Rates.Check(check.ForPart("rates"), workload);
        check.NotNegative("multiplier", Multiplier);
        check.NotNegative("successFee", SuccessFee);
        if (SuccessRate is { } rate)
            check.Share("successRate", rate);
    }

    /// <inheritdoc/>
    public override IPlanPricing Prepare(Workload workload) =>
        new Pricing(Rates.Over(workload, Multiplier), (double)SuccessFee, SuccessRate);

    private sealed class Pricing(TokenPricing rates, double fee, double? successRate) : IPlanPricing
    {
        public MonthCharge Charge(in UsageMonth usage, Span<double> carried) =>
            new((successRate ?? usage.SuccessShare) * (rates.Charge(usage) + fee * usage.Requests));
    }
}

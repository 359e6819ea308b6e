using Tollgate.Analytics.Workloads;

namespace Tollgate.Analytics.Plans;

/// <summary>
/// Only what succeeded is paid for: its tokens at a multiple of their rates, and a fee for each successful request.
/// </summary>
public sealed record OutcomePlan : PricingPlan
{
    /// <summary>The rates before the multiplier.</summary>
    public required TokenRates Rates { get; init; }

    /// <summary>How many times its rate a token of a successful request costs.</summary>
    public double Multiplier { get; init; } = 1;

    /// <summary>US dollars for each successful request.</summary>
    public decimal SuccessFee { get; init; }

    /// <summary>The share that succeeds under this plan, from 0 to 1; that of the workload where null.</summary>
    public double? SuccessRate { get; init; }

    /// <inheritdoc/>
    public override void Check(InputCheck check, Workload workload)
    {
        Rates.Check(check.Of("rates"), workload);
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
            new((successRate ?? usage.SuccessShare) * (rates.Of(usage) + fee * usage.Requests));
    }
}

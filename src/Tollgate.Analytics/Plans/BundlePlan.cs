using Tollgate.Analytics.Workloads;

namespace Tollgate.Analytics.Plans;

/// <summary>
/// A prepaid pool of tokens each month; usage above it is charged at the overage rates, in the month's mix of tokens.
/// </summary>
public sealed record BundlePlan : PricingPlan
{
    /// <summary>The fee per account and month.</summary>
    public required decimal Fee { get; init; }

    /// <summary>Tokens in the pool, input and output alike.</summary>
    public required double IncludedTokens { get; init; }

    /// <summary>The rates of tokens above the pool.</summary>
    public required TokenRates Overage { get; init; }

    /// <summary>
    /// The maximum number of unused tokens that roll over to the next month, which uses its own first; 0 for none.
    /// </summary>
    public double RolloverTokens { get; init; }

    /// <inheritdoc/>
    public override void Check(InputValidator check, Workload workload)
    {
        check.NotNegative("fee", Fee);
        check.NotNegative("includedTokens", IncludedTokens);
        check.NotNegative("rolloverTokens", RolloverTokens);
        Overage.Check(check.ForPart("overage"), workload);
    }

    /// <inheritdoc/>
    public override IPlanPricing Prepare(Workload workload) =>
        new PoolPricing(new Pool((double)Fee, IncludedTokens, RolloverTokens, PerUser: false), Overage.Over(workload));
}

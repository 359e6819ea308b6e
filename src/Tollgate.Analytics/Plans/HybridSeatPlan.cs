using Tollgate.Analytics.Workloads;

namespace Tollgate.Analytics.Plans;

/// <summary>
/// A fee and included tokens per seat, that is per user and month, plus overage. Charged per user, every seat has its
/// own tokens; charged per organization, the seats share them.
/// </summary>
public sealed record HybridSeatPlan : PricingPlan
{
    /// <summary>The fee per seat and month.</summary>
    public required decimal SeatFee { get; init; }

    /// <summary>Tokens included in a seat, input and output alike.</summary>
    public required double IncludedTokens { get; init; }

    /// <summary>The rates of tokens above those.</summary>
    public required TokenRates Overage { get; init; }

    /// <inheritdoc/>
    public override void Check(InputValidator check, Workload workload)
    {
        check.NotNegative("seatFee", SeatFee);
        check.NotNegative("includedTokens", IncludedTokens);
        Overage.Check(check.ForPart("overage"), workload);
    }

    /// <inheritdoc/>
    public override IPlanPricing Prepare(Workload workload) =>
        new PoolPricing(new Pool((double)SeatFee, IncludedTokens, 0, PerUser: true), Overage.Over(workload));
}

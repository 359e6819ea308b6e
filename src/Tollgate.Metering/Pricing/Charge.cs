using Tollgate.Metering.Usage;

namespace Tollgate.Metering.Pricing;

/// <summary>What a usage costs by one rate card.</summary>
/// <param name="Total">The cost, rounded once; null where a kind that was used has no rate, or no card is
/// known.</param>
/// <param name="PriceVersion">The version of the price that was applied; null where no card is known.</param>
/// <param name="Unpriced">The kinds that were used and have no rate.</param>
public readonly record struct Charge(Money? Total, string? PriceVersion, UsageKindSet Unpriced)
{
    /// <summary>
    /// What a record states as the source of its cost: the price version, or null where the usage is unpriced.
    /// </summary>
    public string? CostSource => Total is null ? null : PriceVersion;
}

using Tollgate.Metering.Usage;

namespace Tollgate.Metering.Pricing;

/// <summary>The cost of a usage by one rate card.</summary>
/// <param name="Total">
/// The cost, rounded once; null if a kind that was used has no rate, or if no card is known.
/// </param>
/// <param name="PriceVersion">The version of the price that was applied; null if no card is known.</param>
/// <param name="Unpriced">The kinds that were used but have no rate.</param>
public readonly record struct Charge(Money? Total, string? PriceVersion, UsageKindSet Unpriced)
{
    /// <summary>The source of the cost in a record: the price version, or null if the usage is unpriced.</summary>
    public string? CostSource => Total is null ? null : PriceVersion;
}

using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Usage;

/// <summary>
/// Matches records by their cost. A record without a price has no cost to compare, and never matches.
/// </summary>
/// <param name="Min">The lowest cost, inclusive; null for any.</param>
/// <param name="Max">The highest cost, inclusive; null for any.</param>
public sealed record CostFilter(Money? Min, Money? Max) : UsageFilter
{
    /// <inheritdoc/>
    public override bool IsRolledUp => false;

    /// <inheritdoc/>
    public override bool Matches(UsageRecord record) =>
        record.Cost is { } cost && !(cost.Usd < Min?.Usd) && !(cost.Usd > Max?.Usd);
}

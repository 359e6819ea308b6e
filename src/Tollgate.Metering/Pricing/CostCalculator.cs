using Tollgate.Metering.Usage;

namespace Tollgate.Metering.Pricing;

/// <summary>Prices a usage by a rate card: exact, and rounded once for the whole record. Does not allocate.</summary>
public static class CostCalculator
{
    /// <summary>The charge of one call.</summary>
    /// <remarks>
    /// <para>
    /// A kind that was used but has no rate makes the whole charge unpriced, never cheaper. The only exception: a card
    /// without a fee per request has no such fee.
    /// </para>
    /// <para>
    /// A request whose input, cached tokens included, is above a threshold is charged entirely at the higher rates. A
    /// kind that the higher tier does not list is unpriced unless the tier <see cref="RateTier.Inherits"/>.
    /// </para>
    /// <para>
    /// A service tier that the card does not list is unpriced. Only what is billed per unit (tool uses, requests) costs
    /// the same in every tier that does not specify otherwise.
    /// </para>
    /// </remarks>
    /// <param name="card">The card; null for a model without a known price, whose charge is always unpriced.</param>
    /// <param name="usage">The usage.</param>
    /// <param name="tier">The class of service that was billed.</param>
    public static Charge Price(RateCard? card, in TokenUsage usage, ServiceTier tier)
    {
        if (card is null)
            return new Charge(null, null, UsageKindSet.FromUsage(usage));

        var threshold = card.GetThreshold(tier, usage.InputTokens);
        UsageKindSet unpriced = default;
        var total = 0m;
        foreach (var kind in UsageKindSet.FromUsage(usage))
        {
            if (FindRate(card, kind, tier, threshold) is { } rate)
                total += usage[kind] * rate;
            else if (kind != UsageKind.Request)
                unpriced = unpriced.With(kind);
        }

        return new Charge(unpriced.IsEmpty ? Money.Round(total) : null, card.PriceVersion, unpriced);
    }

    /// <summary>
    /// US dollars per unit of one kind, for a request of that tier and input; null if the card has none.
    /// </summary>
    public static decimal? UnitRate(RateCard card, UsageKind kind, ServiceTier tier, long inputTokens) =>
        FindRate(card, kind, tier, card.GetThreshold(tier, inputTokens));

    private static decimal? FindRate(RateCard card, UsageKind kind, ServiceTier tier, long threshold) =>
        IsPerUnit(kind)
            ? PerUnitRate(card, kind, tier, threshold) ?? PerUnitRate(card, kind, ServiceTier.Standard, threshold)
            : InheritedRate(card, kind, card.FindTier(tier, threshold));

    private static bool IsPerUnit(UsageKind kind) => kind is UsageKind.ToolUse or UsageKind.Request;

    private static decimal? InheritedRate(RateCard card, UsageKind kind, RateTier? tier)
    {
        while (tier is not null)
        {
            if (tier[kind] is { } rate)
                return rate;
            tier = tier.Inherits ? card.FindTierBelow(tier.ServiceTier, tier.AboveInputTokens) : null;
        }

        return null;
    }

    private static decimal? PerUnitRate(RateCard card, UsageKind kind, ServiceTier serviceTier, long threshold)
    {
        for (
            var tier = card.FindTierBelow(serviceTier, threshold + 1);
            tier is not null;
            tier = card.FindTierBelow(serviceTier, tier.AboveInputTokens)
        )
            if (tier[kind] is { } rate)
                return rate;
        return null;
    }
}

using System.Collections.Immutable;
using Tollgate.Metering.Usage;

namespace Tollgate.Metering.Pricing;

/// <summary>
/// What one model of one provider costs during one period: a version of its price, with where it was seen.
/// </summary>
public sealed class RateCard
{
    /// <summary>The provider's id, such as <c>openai</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>The model's exact name at the provider.</summary>
    public required string Model { get; init; }

    /// <summary>Other exact names of the same model.</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    /// <summary>
    /// The id of this version, such as <c>builtin/2026-07/openai/gpt-4o</c>; the ledger keeps it beside each cost.
    /// </summary>
    public required string PriceVersion { get; init; }

    /// <summary>The first moment at which the price holds; null where it always did, as far as is known.</summary>
    public DateTimeOffset? EffectiveFrom { get; init; }

    /// <summary>
    /// The first moment at which the price holds no more and none is known instead, as after a promotion; else null.
    /// </summary>
    public DateTimeOffset? EffectiveUntil { get; init; }

    /// <summary>The day on which the source said so; null for a price that its source does not date.</summary>
    public DateOnly? Observed { get; init; }

    /// <summary>Where the price is published.</summary>
    public required string Source { get; init; }

    /// <summary>The most input tokens that the model takes, where stated.</summary>
    public long? MaxInputTokens { get; init; }

    /// <summary>The most output tokens that the model gives, where stated.</summary>
    public long? MaxOutputTokens { get; init; }

    /// <summary>The rates, at most one tier for each pair of service tier and threshold.</summary>
    public required ImmutableArray<RateTier> Tiers { get; init; }

    /// <summary>The tier of exactly this service tier and threshold.</summary>
    public RateTier? Tier(ServiceTier serviceTier, long aboveInputTokens = 0)
    {
        foreach (var tier in Tiers)
            if (tier.ServiceTier == serviceTier && tier.AboveInputTokens == aboveInputTokens)
                return tier;
        return null;
    }

    /// <summary>
    /// The threshold that a request is above: the highest one of its service tier or of the standard tier. The standard
    /// thresholds count for every service tier, so that a large request of a tier without a price for it is unpriced
    /// rather than charged as a small one.
    /// </summary>
    public long Threshold(ServiceTier serviceTier, long inputTokens)
    {
        long threshold = 0;
        foreach (var tier in Tiers)
            if (
                (tier.ServiceTier == serviceTier || tier.ServiceTier == ServiceTier.Standard)
                && inputTokens > tier.AboveInputTokens
            )
                threshold = Math.Max(threshold, tier.AboveInputTokens);
        return threshold;
    }

    /// <summary>The tier of that service tier with the highest threshold below the given one.</summary>
    internal RateTier? Below(ServiceTier serviceTier, long threshold)
    {
        RateTier? below = null;
        foreach (var tier in Tiers)
            if (
                tier.ServiceTier == serviceTier
                && tier.AboveInputTokens < threshold
                && (below is null || tier.AboveInputTokens > below.AboveInputTokens)
            )
                below = tier;
        return below;
    }
}

using System.Collections.Immutable;
using Tollgate.Metering.Usage;

namespace Tollgate.Metering.Pricing;

/// <summary>
/// The prices of one model of one provider during one period: one version of its price, with its source.
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
    /// The id of this version, such as <c>builtin/2026-07/openai/gpt-4o</c>; the ledger stores it with each cost.
    /// </summary>
    public required string PriceVersion { get; init; }

    /// <summary>When the price takes effect; null if it always applied, as far as is known.</summary>
    public DateTimeOffset? EffectiveFrom { get; init; }

    /// <summary>
    /// When the price ends without a known successor, for example after a promotion (exclusive); otherwise null.
    /// </summary>
    public DateTimeOffset? EffectiveUntil { get; init; }

    /// <summary>The day on which the source listed it; null if the source is undated.</summary>
    public DateOnly? Observed { get; init; }

    /// <summary>The publication of the price.</summary>
    public required string Source { get; init; }

    /// <summary>The maximum number of input tokens that the model accepts, if listed.</summary>
    public long? MaxInputTokens { get; init; }

    /// <summary>The maximum number of output tokens that the model generates, if listed.</summary>
    public long? MaxOutputTokens { get; init; }

    /// <summary>The rates, at most one tier per service tier and threshold.</summary>
    public required ImmutableArray<RateTier> Tiers { get; init; }

    /// <summary>The tier with exactly this service tier and threshold.</summary>
    public RateTier? FindTier(ServiceTier serviceTier, long aboveInputTokens = 0)
    {
        foreach (var tier in Tiers)
            if (tier.ServiceTier == serviceTier && tier.AboveInputTokens == aboveInputTokens)
                return tier;
        return null;
    }

    /// <summary>
    /// The threshold that a request exceeds: the highest one of its service tier or of the standard tier. The standard
    /// thresholds apply to every service tier, so that a large request in a tier without a price for it is unpriced
    /// rather than charged as a small one.
    /// </summary>
    public long GetThreshold(ServiceTier serviceTier, long inputTokens)
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
    internal RateTier? FindTierBelow(ServiceTier serviceTier, long threshold)
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

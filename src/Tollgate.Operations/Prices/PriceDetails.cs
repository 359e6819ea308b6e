using System.Text.Json.Serialization;
using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Serialization;

namespace Tollgate.Operations.Prices;

/// <summary>One version of the price of a model at a provider.</summary>
public sealed record PriceDetails
{
    /// <summary>The provider, such as <c>openai</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>The exact name of the model at the provider.</summary>
    public required string Model { get; init; }

    /// <summary>Other exact names of the same model.</summary>
    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>The id of this version, as records have it in their cost source.</summary>
    public required string PriceVersion { get; init; }

    /// <summary>When it takes effect; null if it always applied, as far as is known.</summary>
    public required DateTimeOffset? EffectiveFrom { get; init; }

    /// <summary>When it ends without a known successor; otherwise null.</summary>
    public required DateTimeOffset? EffectiveUntil { get; init; }

    /// <summary>
    /// The day on which the source listed it, such as <c>2026-07-01</c>; null if the source is undated.
    /// </summary>
    public required DateOnly? Observed { get; init; }

    /// <summary>The publication of the price.</summary>
    public required string Source { get; init; }

    /// <summary>The maximum number of input tokens, if listed.</summary>
    public required long? MaxInputTokens { get; init; }

    /// <summary>The maximum number of output tokens, if listed.</summary>
    public required long? MaxOutputTokens { get; init; }

    /// <summary>The rates.</summary>
    public required IReadOnlyList<RateDetails> Rates { get; init; }

    internal static PriceDetails Create(RateCard card) =>
        new()
        {
            Provider = card.Provider,
            Model = card.Model,
            Aliases = card.Aliases,
            PriceVersion = card.PriceVersion,
            EffectiveFrom = card.EffectiveFrom,
            EffectiveUntil = card.EffectiveUntil,
            Observed = card.Observed,
            Source = card.Source,
            MaxInputTokens = card.MaxInputTokens,
            MaxOutputTokens = card.MaxOutputTokens,
            Rates = [.. card.Tiers.SelectMany(ListRates)],
        };

    private static IEnumerable<RateDetails> ListRates(RateTier tier)
    {
        foreach (var kind in Enum.GetValues<UsageKind>())
            if (tier[kind] is { } rate)
                yield return RateDetails.Create(tier, kind, rate);
    }
}

/// <summary>The rate of one kind of usage.</summary>
/// <param name="ServiceTier">The class of service.</param>
/// <param name="AboveInputTokens">The input above which it applies to a whole request; 0 is the base.</param>
/// <param name="Kind">The kind of usage.</param>
/// <param name="Usd">US dollars, for as many as <paramref name="Per"/>.</param>
/// <param name="Per">The number of tokens, uses, or seconds that it is for: 1,000,000 or 1.</param>
public sealed record RateDetails(
    ServiceTier ServiceTier,
    long AboveInputTokens,
    UsageKind Kind,
    [property: JsonConverter(typeof(MoneyTextJson))] Money? Usd,
    long Per
)
{
    private const long Million = 1_000_000;

    internal static RateDetails Create(RateTier tier, UsageKind kind, decimal rate)
    {
        var per = kind is UsageKind.ToolUse or UsageKind.Request or UsageKind.Second ? 1 : Million;
        return new RateDetails(tier.ServiceTier, tier.AboveInputTokens, kind, Money.Round(rate * per), per);
    }
}

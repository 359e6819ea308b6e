using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;

namespace Tollgate.Operations.Simulations.WhatIf;

/// <summary>
/// Prices one call under the hypothetical conditions. Exact decimals, rounded once per call, as in the gateway.
/// </summary>
internal sealed class WhatIfPricer(PriceBook book, WhatIfQuestion question)
{
    /// <summary>Kinds that another model may have no rate for, and the kinds that replace them.</summary>
    private static readonly (UsageKind Kind, UsageKind Else)[] FallbackKinds =
    [
        (UsageKind.CacheRead, UsageKind.InputText),
        (UsageKind.CacheWrite5m, UsageKind.InputText),
        (UsageKind.CacheWrite1h, UsageKind.InputText),
        (UsageKind.OutputReasoning, UsageKind.OutputText),
    ];

    /// <summary>Returns the day (UTC) whose prices apply to a call.</summary>
    public DateOnly GetPricingDay(UsageRecord record) => DateOnly.FromDateTime(GetPriceTime(record).UtcDateTime);

    /// <summary>Returns the cost, or the reason why there is none.</summary>
    public (Money? Cost, string? Unpriced) Price(UsageRecord record)
    {
        var at = GetPriceTime(record);
        var model = question.Model ?? record.Model;
        var provider = question.Provider ?? (question.Model is null ? record.Provider : book.FindProvider(model, at));
        if (provider is null || book.Find(provider, model, at) is not { } card)
            return (null, $"{provider ?? "any provider"}/{model}: no price");
        var usage = ApplyFallbackKinds(card, question.Usage(record.Usage), record.ServiceTier);
        var charge = CostCalculator.Price(card, usage, record.ServiceTier);
        return (
            charge.Total,
            charge.Total is null
                ? $"{provider}/{model}: no rate for {Kinds(charge.Unpriced)} in "
                    + $"the tier {record.ServiceTier.ToString().ToLowerInvariant()}"
                : null
        );
    }

    /// <summary>
    /// If the card has no rate for cached input, it counts as plain input, and likewise reasoning as plain output:
    /// other
    /// providers categorize tokens differently, but they do charge them.
    /// </summary>
    private static TokenUsage ApplyFallbackKinds(RateCard card, TokenUsage usage, ServiceTier tier)
    {
        var input = usage.InputTokens;
        foreach (var (kind, other) in FallbackKinds)
        {
            if (usage[kind] == 0 || CostCalculator.UnitRate(card, kind, tier, input) is not null)
                continue;
            usage[other] += usage[kind];
            usage[kind] = 0;
        }

        return usage;
    }

    private DateTimeOffset GetPriceTime(UsageRecord record) => question.PricesAt ?? record.StartedAt;

    private static string Kinds(UsageKindSet kinds)
    {
        var names = new List<string>();
        foreach (var kind in kinds)
            names.Add(kind.ToString());
        return string.Join(", ", names);
    }
}

using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;

namespace Tollgate.Scenarios;

/// <summary>
/// Prices one call as the question imagines it. Exact decimals, rounded once a call, as the gate prices.
/// </summary>
internal sealed class WhatIfPricer(PriceBook book, WhatIfQuestion question)
{
    /// <summary>What another model may have no rate for, and what the same tokens are there.</summary>
    private static readonly (UsageKind Kind, UsageKind Else)[] Stand =
    [
        (UsageKind.CacheRead, UsageKind.InputText),
        (UsageKind.CacheWrite5m, UsageKind.InputText),
        (UsageKind.CacheWrite1h, UsageKind.InputText),
        (UsageKind.OutputReasoning, UsageKind.OutputText),
    ];

    /// <summary>The day (UTC) whose prices count for a call.</summary>
    public DateOnly DayOf(UsageRecord record) => DateOnly.FromDateTime(At(record).UtcDateTime);

    /// <summary>The cost, or why there is none.</summary>
    public (Money? Cost, string? Unpriced) Price(UsageRecord record)
    {
        var at = At(record);
        var model = question.Model ?? record.Model;
        var provider = question.Provider ?? (question.Model is null ? record.Provider : book.ProviderOf(model, at));
        if (provider is null || book.Find(provider, model, at) is not { } card)
            return (null, $"{provider ?? "any provider"}/{model}: no price");
        var usage = Translated(card, question.Usage(record.Usage), record.ServiceTier);
        var charge = CostCalculator.Price(card, usage, record.ServiceTier);
        return (
            charge.Total,
            charge.Total is null
                ? $"{provider}/{model}: no rate for {Kinds(charge.Unpriced)} in the tier "
                    + $"{record.ServiceTier.ToString().ToLowerInvariant()}"
                : null
        );
    }

    /// <summary>
    /// Where the card has no rate for cached input, it is plain input there, and reasoning is plain output: other
    /// providers part tokens otherwise, but they charge them.
    /// </summary>
    private static TokenUsage Translated(RateCard card, TokenUsage usage, ServiceTier tier)
    {
        var input = usage.InputTokens;
        foreach (var (kind, other) in Stand)
        {
            if (usage[kind] == 0 || CostCalculator.UnitRate(card, kind, tier, input) is not null)
                continue;
            usage[other] += usage[kind];
            usage[kind] = 0;
        }

        return usage;
    }

    private DateTimeOffset At(UsageRecord record) => question.PricesAt ?? record.StartedAt;

    private static string Kinds(UsageKindSet kinds)
    {
        var names = new List<string>();
        foreach (var kind in kinds)
            names.Add(kind.ToString());
        return string.Join(", ", names);
    }
}

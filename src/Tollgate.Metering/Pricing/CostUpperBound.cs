using Tollgate.Metering.Usage;

namespace Tollgate.Metering.Pricing;

/// <summary>The maximum cost of a call of which only bounds are known.</summary>
public static class CostUpperBound
{
    private static readonly UsageKind[] Text = [UsageKind.InputText];
    private static readonly UsageKind[] Media = [UsageKind.InputAudio, UsageKind.InputImage, UsageKind.CacheReadAudio];
    private static readonly UsageKind[] CacheWrites = [UsageKind.CacheWrite5m, UsageKind.CacheWrite1h];
    private static readonly UsageKind[] Output =
    [
        UsageKind.OutputText,
        UsageKind.OutputReasoning,
        UsageKind.OutputAudio,
        UsageKind.OutputImage,
    ];

    /// <summary>
    /// Prices every token at the highest rate that may apply: among its kinds, the service tiers, and the context tiers
    /// that the input can reach. Null if no price is known.
    /// </summary>
    /// <param name="card">The card; null for a model without a known price.</param>
    /// <param name="bound">The maximum tokens, tool uses and requests.</param>
    /// <param name="kinds">The kinds of content that the input can contain besides text.</param>
    /// <param name="tier">The service tier requested; the standard one can be served instead.</param>
    public static Money? Calculate(RateCard? card, in TokenUsage bound, InputKinds kinds, ServiceTier tier)
    {
        if (card is null)
            return null;
        var input = bound.InputTokens;
        var total = 0m;
        if (input > 0)
        {
            if (HighestRate(card, Text, tier, input) is not { } rate)
                return null;
            if (kinds.HasFlag(InputKinds.Media))
                rate = Math.Max(rate, HighestRate(card, Media, tier, input) ?? 0);
            if (kinds.HasFlag(InputKinds.CacheWrites))
                rate = Math.Max(rate, HighestRate(card, CacheWrites, tier, input) ?? 0);
            total += input * rate;
        }

        if (bound.OutputTokens > 0)
        {
            if (HighestRate(card, Output, tier, input) is not { } rate)
                return null;
            total += bound.OutputTokens * rate;
        }

        total += bound[UsageKind.Request] * (HighestRate(card, [UsageKind.Request], tier, input) ?? 0);
        total += bound[UsageKind.ToolUse] * (HighestRate(card, [UsageKind.ToolUse], tier, input) ?? 0);
        return Money.Round(total);
    }

    private static decimal? HighestRate(RateCard card, UsageKind[] kinds, ServiceTier tier, long input)
    {
        decimal? dearest = null;
        foreach (var kind in kinds)
        {
            foreach (var context in card.Tiers)
            {
                // One token above the threshold is the smallest input that is charged at that tier.
                var reached = Math.Min(context.AboveInputTokens + 1, input);
                dearest = Max(dearest, CostCalculator.UnitRate(card, kind, ServiceTier.Standard, reached));
                if (tier != ServiceTier.Standard)
                    dearest = Max(dearest, CostCalculator.UnitRate(card, kind, tier, reached));
            }
        }

        return dearest;
    }

    private static decimal? Max(decimal? left, decimal? right) => left is null || right > left ? right ?? left : left;
}

/// <summary>Kinds of input that cost something other than the text rate.</summary>
[Flags]
public enum InputKinds
{
    /// <summary>Text only.</summary>
    Text = 0,

    /// <summary>Images, audio or files.</summary>
    Media = 1,

    /// <summary>Input to be stored in a cache.</summary>
    CacheWrites = 2,
}

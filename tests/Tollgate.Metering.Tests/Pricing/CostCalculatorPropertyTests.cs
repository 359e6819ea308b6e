using System.Collections.Immutable;
using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;

namespace Tollgate.Metering.Tests.Pricing;

/// <summary>The calculator against a slow and obvious reference, on random cards and usages of one seed.</summary>
public class CostCalculatorPropertyTests
{
    private static readonly UsageKind[] Kinds = Enum.GetValues<UsageKind>();
    private static readonly long[] Thresholds = [0, 128_000, 200_000];

    [Fact]
    [Trait("Needs", "Time")]
    public void Agrees_with_the_reference_on_ten_thousand_random_calls()
    {
        var random = new Random(20260715);
        for (var i = 0; i < 10_000; i++)
        {
            var card = RandomCard(random);
            var usage = RandomUsage(random);
            var tier = (ServiceTier)random.Next(4);
            var charge = CostCalculator.Price(card, usage, tier);
            (charge.Total?.Usd).ShouldBe(Reference(card, usage, tier), $"case {i}: {tier} {usage}");
            charge.Unpriced.IsEmpty.ShouldBe(charge.Total is not null, $"case {i}");
        }
    }

    private static decimal? Reference(RateCard card, TokenUsage usage, ServiceTier tier)
    {
        var reached = card
            .Tiers.Where(t => t.ServiceTier == tier || t.ServiceTier == ServiceTier.Standard)
            .Select(t => t.AboveInputTokens)
            .Where(above => usage.InputTokens > above)
            .Append(0)
            .Max();
        decimal total = 0;
        foreach (var kind in Kinds.Where(kind => usage[kind] > 0))
        {
            var candidates = kind is UsageKind.ToolUse or UsageKind.Request
                ? Rows(card, tier, reached).Concat(Rows(card, ServiceTier.Standard, reached))
                : Chain(Rows(card, tier, reached), reached);
            var rate = candidates.Select(row => row[kind]).FirstOrDefault(found => found is not null);
            if (rate is null && kind != UsageKind.Request)
                return null;
            total += usage[kind] * (rate ?? 0);
        }

        return decimal.Round(total, 12, MidpointRounding.ToEven);
    }

    private static IEnumerable<RateTier> Rows(RateCard card, ServiceTier tier, long reached) =>
        card
            .Tiers.Where(t => t.ServiceTier == tier && t.AboveInputTokens <= reached)
            .OrderByDescending(t => t.AboveInputTokens);

    private static IEnumerable<RateTier> Chain(IEnumerable<RateTier> rows, long reached)
    {
        var first = true;
        foreach (var row in rows)
        {
            if (first && row.AboveInputTokens != reached)
                yield break;
            first = false;
            yield return row;
            if (!row.Inherits)
                yield break;
        }
    }

    private static RateCard RandomCard(Random random)
    {
        var tiers = ImmutableArray.CreateBuilder<RateTier>();
        foreach (var tier in Enum.GetValues<ServiceTier>())
            foreach (var above in Thresholds)
                if (random.Next(3) > 0)
                    tiers.Add(new RateTier(tier, above, RandomRates(random), random.Next(3) == 0));
        return new RateCard
        {
            Provider = "p",
            Model = "m",
            PriceVersion = "v",
            Source = "random",
            Tiers = tiers.ToImmutable(),
        };
    }

    private static IEnumerable<KeyValuePair<UsageKind, decimal>> RandomRates(Random random) =>
        Kinds
            .Where(_ => random.Next(10) > 0)
            .Select(kind => KeyValuePair.Create(kind, random.Next(1_000_000) / 10_000_000_000_000m));

    private static TokenUsage RandomUsage(Random random)
    {
        TokenUsage usage = default;
        foreach (var kind in Kinds.Where(_ => random.Next(3) == 0))
            usage[kind] = random.Next(random.Next(2) == 0 ? 100 : 250_000);
        return usage;
    }
}

using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;

namespace Tollgate.Metering.Tests.Pricing;

/// <summary>Cards and usages for tests; prices in US dollars per million.</summary>
internal static class Cards
{
    public static readonly DateTimeOffset Today = At("2026-07-15");

    public static DateTimeOffset At(string day) =>
        DateTimeOffset.Parse($"{day}T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture);

    public static RateCard Card(string model, params RateTier[] tiers) =>
        new()
        {
            Provider = "openai",
            Model = model,
            PriceVersion = $"test/{model}",
            Source = "test",
            Tiers = [.. tiers],
        };

    public static RateTier Tier(params (UsageKind Kind, decimal PerMillion)[] rates) =>
        Tier(ServiceTier.Standard, 0, false, rates);

    public static RateTier Tier(
        ServiceTier tier,
        long above,
        bool inherits,
        params (UsageKind Kind, decimal PerMillion)[] rates
    ) => new(tier, above, rates.Select(rate => KeyValuePair.Create(rate.Kind, rate.PerMillion / 1_000_000)), inherits);

    public static TokenUsage Used(params (UsageKind Kind, long Count)[] counts)
    {
        TokenUsage usage = default;
        foreach (var (kind, count) in counts)
            usage[kind] = count;
        return usage;
    }
}

using Tollgate.Metering.Usage;

namespace Tollgate.Metering.Pricing;

/// <summary>Compares two price lists, rate by rate.</summary>
public static class PriceComparison
{
    /// <summary>
    /// The rates that only one of the lists contains, and those that differ, by provider, model, service tier,
    /// threshold and kind. Each list has at most one card per provider and model.
    /// </summary>
    /// <exception cref="ArgumentException">A list has two cards of one model.</exception>
    public static IReadOnlyList<RateChange> Compare(IEnumerable<RateCard> former, IEnumerable<RateCard> current)
    {
        var (old, now) = (Rates(former), Rates(current));
        return
        [
            .. old
                .Keys.Union(now.Keys)
                .Select(place => new RateChange(
                    place,
                    old.TryGetValue(place, out var before) ? before : null,
                    now.TryGetValue(place, out var after) ? after : null
                ))
                .Where(static change => change.Previous != change.Current)
                .OrderBy(static change => change.Key.Provider, StringComparer.Ordinal)
                .ThenBy(static change => change.Key.Model, StringComparer.Ordinal)
                .ThenBy(static change => change.Key.ServiceTier)
                .ThenBy(static change => change.Key.AboveInputTokens)
                .ThenBy(static change => change.Key.Kind),
        ];
    }

    private static Dictionary<RateKey, decimal> Rates(IEnumerable<RateCard> cards) =>
        cards
            .SelectMany(static card => card.Tiers, static (card, tier) => (Card: card, Tier: tier))
            .SelectMany(
                static pair => Enum.GetValues<UsageKind>().Where(kind => pair.Tier[kind] is not null),
                static (pair, kind) =>
                    (
                        Place: new RateKey(
                            pair.Card.Provider,
                            pair.Card.Model,
                            pair.Tier.ServiceTier,
                            pair.Tier.AboveInputTokens,
                            kind
                        ),
                        Rate: pair.Tier[kind]!.Value
                    )
            )
            .ToDictionary(static rate => rate.Place, static rate => rate.Rate);
}

/// <summary>Identifies a rate.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Model">The model's exact name.</param>
/// <param name="ServiceTier">The class of service.</param>
/// <param name="AboveInputTokens">The context size above which it applies; 0 is the base.</param>
/// <param name="Kind">The kind of consumption.</param>
public readonly record struct RateKey(
    string Provider,
    string Model,
    ServiceTier ServiceTier,
    long AboveInputTokens,
    UsageKind Kind
);

/// <summary>One difference.</summary>
/// <param name="Key">The rate that differs.</param>
/// <param name="Previous">US dollars per unit; null if it is new.</param>
/// <param name="Current">US dollars per unit; null if it was removed.</param>
public readonly record struct RateChange(RateKey Key, decimal? Previous, decimal? Current)
{
    /// <summary>The difference in percent of the previous rate; null if there is none to compare with.</summary>
    public decimal? Percent =>
        Previous is { } former && former != 0 && Current is { } current ? (current - former) / former * 100 : null;
}

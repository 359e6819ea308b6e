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
    public static IReadOnlyList<RateChange> Of(IEnumerable<RateCard> former, IEnumerable<RateCard> current)
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
                .Where(static change => change.Former != change.Current)
                .OrderBy(static change => change.Place.Provider, StringComparer.Ordinal)
                .ThenBy(static change => change.Place.Model, StringComparer.Ordinal)
                .ThenBy(static change => change.Place.ServiceTier)
                .ThenBy(static change => change.Place.AboveInputTokens)
                .ThenBy(static change => change.Place.Kind),
        ];
    }

    private static Dictionary<RatePlace, decimal> Rates(IEnumerable<RateCard> cards) =>
        cards
            .SelectMany(static card => card.Tiers, static (card, tier) => (Card: card, Tier: tier))
            .SelectMany(
                static pair => Enum.GetValues<UsageKind>().Where(kind => pair.Tier[kind] is not null),
                static (pair, kind) =>
                    (
                        Place: new RatePlace(
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
public readonly record struct RatePlace(
    string Provider,
    string Model,
    ServiceTier ServiceTier,
    long AboveInputTokens,
    UsageKind Kind
);

/// <summary>One difference.</summary>
/// <param name="Place">The rate that differs.</param>
/// <param name="Former">US dollars per unit; null if it is new.</param>
/// <param name="Current">US dollars per unit; null if it was removed.</param>
public readonly record struct RateChange(RatePlace Place, decimal? Former, decimal? Current)
{
    /// <summary>The difference in percent of the previous rate; null if there is none to compare with.</summary>
    public decimal? Percent =>
        Former is { } former && former != 0 && Current is { } current ? (current - former) / former * 100 : null;
}

using System.Collections.Frozen;

namespace Tollgate.Metering.Pricing;

/// <summary>The cards of one provider by each of their exact names, the newest version first.</summary>
internal sealed class PriceShelf
{
    private readonly FrozenDictionary<string, RateCard[]> _byName;

    private PriceShelf(IEnumerable<KeyValuePair<string, RateCard[]>> byName) =>
        _byName = byName.ToFrozenDictionary(StringComparer.Ordinal);

    public IEnumerable<string> Names => _byName.Keys;

    public IEnumerable<RateCard> Cards => _byName.Values.SelectMany(versions => versions).Distinct();

    public static PriceShelf Of(IEnumerable<RateCard> cards)
    {
        var byModel = cards.GroupBy(card => card.Model, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, NewestFirst, StringComparer.Ordinal);
        var byName = new Dictionary<string, RateCard[]>(byModel, StringComparer.Ordinal);

        // A model's own name goes before any alias, whichever of the two comes first.
        foreach (var versions in byModel.Values)
            foreach (var alias in versions.SelectMany(card => card.Aliases))
                byName.TryAdd(alias, versions);
        return new PriceShelf(byName);
    }

    public RateCard? Find(string model, DateTimeOffset at)
    {
        if (!_byName.TryGetValue(model, out var versions)) return null;
        foreach (var card in versions)
            if (card.EffectiveFrom is not { } from || from <= at)
                return card.EffectiveUntil is { } until && until <= at ? null : card;
        return null;
    }

    /// <summary>These cards before those of <paramref name="lower"/>, which keep what these do not reach back to.</summary>
    public PriceShelf Over(PriceShelf lower)
    {
        var byName = new Dictionary<string, RateCard[]>(lower._byName, StringComparer.Ordinal);
        foreach (var (name, own) in _byName)
            byName[name] = byName.TryGetValue(name, out var versions) ? [.. own, .. Before(own[^1], versions)] : own;
        return new PriceShelf(byName);
    }

    private static IEnumerable<RateCard> Before(RateCard oldest, RateCard[] versions) =>
        versions.Where(card => Start(card) < Start(oldest));

    private static RateCard[] NewestFirst(IEnumerable<RateCard> versions) =>
        [.. versions.OrderByDescending(Start)];

    private static DateTimeOffset Start(RateCard card) => card.EffectiveFrom ?? DateTimeOffset.MinValue;
}

namespace Tollgate.Metering.Pricing;

/// <summary>The cards of one provider by each of their exact names, newest version first.</summary>
internal sealed class ProviderPriceList
{
    private readonly Dictionary<string, Lazy<RateCard[]>> _byName;

    private ProviderPriceList(Dictionary<string, Lazy<RateCard[]>> byName) => _byName = byName;

    public IEnumerable<string> Names => _byName.Keys;

    public IEnumerable<RateCard> Cards => _byName.Values.SelectMany(static versions => versions.Value).Distinct();

    public static ProviderPriceList Create(IEnumerable<RateCard> cards)
    {
        var byModel = cards
            .GroupBy(card => card.Model, StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key,
                group => new Lazy<RateCard[]>(NewestFirst(group)),
                StringComparer.Ordinal
            );
        var aliases = byModel
            .Values.SelectMany(static versions => versions.Value)
            .SelectMany(static card => card.Aliases, static (card, alias) => KeyValuePair.Create(alias, card.Model))
            .ToList();
        return Create(byModel, aliases);
    }

    /// <summary>A list of cards that may be created at their first use.</summary>
    /// <param name="byModel">The cards by each model's own name, newest first.</param>
    /// <param name="aliases">Other names, each with its model's own name.</param>
    public static ProviderPriceList Create(
        Dictionary<string, Lazy<RateCard[]>> byModel,
        List<KeyValuePair<string, string>> aliases
    )
    {
        var byName = new Dictionary<string, Lazy<RateCard[]>>(byModel, StringComparer.Ordinal);

        // A model's own name takes precedence over any alias, regardless of their order.
        foreach (var (alias, model) in aliases)
            byName.TryAdd(alias, byModel[model]);
        return new ProviderPriceList(byName);
    }

    public RateCard? Find(string model, DateTimeOffset at)
    {
        if (!_byName.TryGetValue(model, out var versions))
            return null;
        foreach (var card in versions.Value)
            if (card.EffectiveFrom is not { } from || from <= at)
                return card.EffectiveUntil is { } until && until <= at ? null : card;
        return null;
    }

    /// <summary>
    /// Returns these cards placed before those of <paramref name="lower"/>, which apply before these take effect.
    /// </summary>
    public ProviderPriceList WithFallback(ProviderPriceList lower)
    {
        var byName = new Dictionary<string, Lazy<RateCard[]>>(lower._byName, StringComparer.Ordinal);
        foreach (var (name, own) in _byName)
            byName[name] = byName.TryGetValue(name, out var versions)
                ? new([.. own.Value, .. VersionsBefore(own.Value[^1], versions.Value)])
                : own;
        return new ProviderPriceList(byName);
    }

    private static IEnumerable<RateCard> VersionsBefore(RateCard oldest, RateCard[] versions) =>
        versions.Where(card => Start(card) < Start(oldest));

    /// <summary>The versions of one model, which start at different times, in lookup order.</summary>
    public static RateCard[] NewestFirst(IEnumerable<RateCard> versions)
    {
        RateCard[] sorted = [.. versions];
        Array.Sort(sorted, static (left, right) => Start(right).CompareTo(Start(left)));
        return sorted;
    }

    private static DateTimeOffset Start(RateCard card) => card.EffectiveFrom ?? DateTimeOffset.MinValue;
}

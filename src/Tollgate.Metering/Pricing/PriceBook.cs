using System.Collections.Frozen;

namespace Tollgate.Metering.Pricing;

/// <summary>
/// An immutable set of rate cards, looked up by exact name and date. Swapped as a whole when prices change, so that a
/// reader never sees a partial update. A lookup does not allocate.
/// </summary>
public sealed class PriceBook
{
    /// <summary>A book without cards: every call is unpriced.</summary>
    public static readonly PriceBook Empty = Create([]);

    private static readonly string[] Makers = ["openai", "anthropic", "gemini", "mistral", "deepseek"];

    // A provider's price list is created at its first lookup: a program that needs one provider does not parse them
    // all.
    private readonly FrozenDictionary<string, Lazy<ProviderPriceList>> _priceLists;
    private readonly Lazy<FrozenSet<string>> _modelNames;

    internal PriceBook(IEnumerable<KeyValuePair<string, Lazy<ProviderPriceList>>> priceLists)
    {
        _priceLists = priceLists.ToFrozenDictionary(StringComparer.Ordinal);
        _modelNames = new(() =>
            _priceLists.Values.SelectMany(shelf => shelf.Value.Names).ToFrozenSet(StringComparer.Ordinal)
        );
    }

    /// <summary>The ids of the providers that have cards.</summary>
    public IReadOnlyCollection<string> Providers => _priceLists.Keys;

    /// <summary>All cards, in every version.</summary>
    public IEnumerable<RateCard> Cards => _priceLists.Values.SelectMany(shelf => shelf.Value.Cards);

    /// <summary>Every name by which a model can be found: the closed set for metric labels.</summary>
    public FrozenSet<string> ModelNames => _modelNames.Value;

    /// <summary>Creates a book from cards.</summary>
    public static PriceBook Create(IEnumerable<RateCard> cards) =>
        new(
            cards
                .GroupBy(card => card.Provider, StringComparer.Ordinal)
                .Select(group =>
                    KeyValuePair.Create(group.Key, new Lazy<ProviderPriceList>(ProviderPriceList.Create(group)))
                )
        );

    /// <summary>
    /// The model's card in effect at that time; null if none is known, which makes the call unpriced. The name is
    /// compared verbatim with the model's own name and its listed aliases.
    /// </summary>
    public RateCard? Find(string provider, string model, DateTimeOffset at) =>
        _priceLists.TryGetValue(provider, out var shelf) ? shelf.Value.Find(model, at) : null;

    /// <summary>
    /// Finds the provider that a model name belongs to at that time: the model's maker, whose list takes precedence
    /// over those of resellers, otherwise the only provider whose list contains it; null if no list contains it, or
    /// several do.
    /// </summary>
    public string? FindProvider(string model, DateTimeOffset at)
    {
        foreach (var maker in Makers)
            if (Find(maker, model, at) is not null)
                return maker;
        var sellers = Providers.Where(provider => Find(provider, model, at) is not null).Take(2).ToArray();
        return sellers is [var only] ? only : null;
    }

    /// <summary>
    /// Returns this book with other cards placed before its own: for each provider and name that they cover, they apply
    /// from the earliest of them on, and the cards of this book only before that.
    /// </summary>
    public PriceBook With(IEnumerable<RateCard> overrides)
    {
        if (overrides.TryGetNonEnumeratedCount(out var count) && count == 0)
            return this;
        var priceLists = new Dictionary<string, Lazy<ProviderPriceList>>(_priceLists, StringComparer.Ordinal);
        foreach (var (provider, own) in Create(overrides)._priceLists)
            priceLists[provider] = priceLists.TryGetValue(provider, out var lower)
                ? new(() => own.Value.WithFallback(lower.Value))
                : own;
        return new PriceBook(priceLists);
    }
}

using System.Collections.Frozen;

namespace Tollgate.Metering.Pricing;

/// <summary>
/// An immutable set of rate cards, looked up by exact name and date. Swapped as a whole when prices change, so that a
/// reader never sees half of an update. A look-up allocates nothing.
/// </summary>
public sealed class PriceBook
{
    /// <summary>A book without cards, by which every call is unpriced.</summary>
    public static readonly PriceBook Empty = Of([]);

    private static readonly string[] Makers = ["openai", "anthropic", "gemini", "mistral", "deepseek"];

    // A provider's shelf is filled at its first look-up: a program that asks for one provider does not parse them all.
    private readonly FrozenDictionary<string, Lazy<PriceShelf>> _shelves;
    private readonly Lazy<FrozenSet<string>> _modelNames;

    internal PriceBook(IEnumerable<KeyValuePair<string, Lazy<PriceShelf>>> shelves)
    {
        _shelves = shelves.ToFrozenDictionary(StringComparer.Ordinal);
        _modelNames = new(() =>
            _shelves.Values.SelectMany(shelf => shelf.Value.Names).ToFrozenSet(StringComparer.Ordinal)
        );
    }

    /// <summary>The ids of the providers that have cards.</summary>
    public IReadOnlyCollection<string> Providers => _shelves.Keys;

    /// <summary>All cards, in every version.</summary>
    public IEnumerable<RateCard> Cards => _shelves.Values.SelectMany(shelf => shelf.Value.Cards);

    /// <summary>
    /// Every name by which a model can be found: the closed set from which labels of metrics are taken.
    /// </summary>
    public FrozenSet<string> ModelNames => _modelNames.Value;

    /// <summary>A book of these cards.</summary>
    public static PriceBook Of(IEnumerable<RateCard> cards) =>
        new(
            cards
                .GroupBy(card => card.Provider, StringComparer.Ordinal)
                .Select(group => KeyValuePair.Create(group.Key, new Lazy<PriceShelf>(PriceShelf.Of(group))))
        );

    /// <summary>
    /// The card of the model that holds at that moment; null where none is known, which makes the call unpriced. The
    /// name is compared as it stands, with the model's own name and its listed aliases.
    /// </summary>
    public RateCard? Find(string provider, string model, DateTimeOffset at) =>
        _shelves.TryGetValue(provider, out var shelf) ? shelf.Value.Find(model, at) : null;

    /// <summary>
    /// Whose model a name is at that moment: its maker's, whose list goes before those of resellers, else that of the
    /// only provider whose list has it; null where no list has it, or several do.
    /// </summary>
    public string? ProviderOf(string model, DateTimeOffset at)
    {
        foreach (var maker in Makers)
            if (Find(maker, model, at) is not null)
                return maker;
        var sellers = Providers.Where(provider => Find(provider, model, at) is not null).Take(2).ToArray();
        return sellers is [var only] ? only : null;
    }

    /// <summary>
    /// This book with other cards before its own: for a provider and name that they have, they hold from the earliest
    /// of them on, and the cards of this book only until then.
    /// </summary>
    public PriceBook With(IEnumerable<RateCard> overrides)
    {
        if (overrides.TryGetNonEnumeratedCount(out var count) && count == 0)
            return this;
        var shelves = new Dictionary<string, Lazy<PriceShelf>>(_shelves, StringComparer.Ordinal);
        foreach (var (provider, own) in Of(overrides)._shelves)
            shelves[provider] = shelves.TryGetValue(provider, out var lower)
                ? new(() => own.Value.Over(lower.Value))
                : own;
        return new PriceBook(shelves);
    }
}

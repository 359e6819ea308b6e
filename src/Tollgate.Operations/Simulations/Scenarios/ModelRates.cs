using Tollgate.Analytics.Plans;
using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;

namespace Tollgate.Operations.Simulations.Scenarios;

/// <summary>Looks up a plan's rates by model name in the price book.</summary>
/// <param name="Book">The prices.</param>
/// <param name="At">The time whose prices apply.</param>
internal sealed record ModelRates(PriceBook Book, DateTimeOffset At)
{
    /// <summary>
    /// The card of <c>gpt-4o</c> or <c>azure/gpt-4o</c>; null if there is none, or several providers have it.
    /// </summary>
    public RateCard? Find(string name)
    {
        var cut = name.IndexOf('/', StringComparison.Ordinal);
        if (cut > 0 && Book.Find(name[..cut], name[(cut + 1)..], At) is { } card)
            return card;
        return Book.FindProvider(name, At) is { } provider ? Book.Find(provider, name, At) : null;
    }

    /// <summary>The model's rates.</summary>
    /// <exception cref="FormatException">There are no rates; the message explains why.</exception>
    public TokenRates Find(string name, ServiceTier tier = ServiceTier.Standard)
    {
        var card =
            Find(name)
            ?? throw new FormatException(
                ProvidersOf(name) is { Length: > 0 } sellers
                    ? $"The model '{name}' has prices of several "
                        + $"providers: write {string.Join(" or ", sellers.Select(seller => $"{seller}/{name}"))}."
                    : $"There is no price for a model '{name}'. "
                        + "Write a model of the price list, or the rates themselves, such as {input: 2.5, output: 10}."
            );
        try
        {
            return TokenRates.FromRateCard(card, tier);
        }
        catch (Analytics.InvalidInputException refused)
        {
            throw new FormatException($"{refused.Message}.", refused);
        }
    }

    private string[] ProvidersOf(string name) =>
        [.. Book.Providers.Where(provider => Book.Find(provider, name, At) is not null).Order(StringComparer.Ordinal)];
}

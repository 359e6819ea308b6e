using System.Globalization;
using Tollgate.Metering.Pricing;
using Tollgate.Metering.Pricing.LiteLlm;

namespace Tollgate.Operations.Prices;

/// <summary>Lists, compares and imports the prices of models.</summary>
/// <param name="custom">The custom prices, which override the built-in ones.</param>
/// <param name="time">The clock.</param>
public sealed class PriceOperations(CustomPrices custom, TimeProvider time)
{
    /// <summary>Returns every error in the price files, each with its location; empty if they can be used.</summary>
    public IReadOnlyList<string> FindProblems() => custom.Problems();

    /// <summary>Returns the cards in effect at a time, by provider and model.</summary>
    /// <param name="provider">Only this provider's; null for all.</param>
    /// <param name="at">The time; null for now.</param>
    public IReadOnlyList<RateCard> List(string? provider, DateTimeOffset? at)
    {
        var (book, moment) = (custom.BuildPriceBook(), at ?? time.GetUtcNow());
        return
        [
            .. Providers(book, provider)
                .SelectMany(name =>
                    book.Cards.Where(card => card.Provider == name && book.Find(name, card.Model, moment) == card)
                )
                .OrderBy(static card => card.Provider, StringComparer.Ordinal)
                .ThenBy(static card => card.Model, StringComparer.Ordinal),
        ];
    }

    /// <summary>Returns the cards of a model in effect at a time, one for each provider that has it.</summary>
    /// <param name="model">The model's exact name or one of its aliases.</param>
    /// <param name="provider">Only this provider's; null for all.</param>
    /// <param name="at">The time; null for now.</param>
    public IReadOnlyList<RateCard> Find(string model, string? provider, DateTimeOffset? at)
    {
        var (book, moment) = (custom.BuildPriceBook(), at ?? time.GetUtcNow());
        return [.. Providers(book, provider).Select(name => book.Find(name, model, moment)).OfType<RateCard>()];
    }

    /// <summary>Returns the rates that differ between two price lists.</summary>
    /// <param name="previous">A price file, <c>builtin</c>, a day, or a prefix of price versions.</param>
    /// <param name="current">The other, in the same forms.</param>
    /// <exception cref="FormatException">One of them is not a price list.</exception>
    public IReadOnlyList<RateChange> Compare(string previous, string current)
    {
        var (book, now) = (custom.BuildPriceBook(), time.GetUtcNow());
        return PriceComparison.Compare(PriceSource.Read(previous, book, now), PriceSource.Read(current, book, now));
    }

    /// <summary>Imports LiteLLM's price file as custom prices. Earlier versions are kept.</summary>
    /// <param name="path">The file.</param>
    /// <param name="from">The first day on which the prices apply; null for today.</param>
    /// <exception cref="OperationException">The file does not exist or has no prices, or the custom prices are not
    /// valid; nothing was imported.</exception>
    public PriceImport Import(string path, DateTimeOffset? from)
    {
        var (file, today) = (new FileInfo(path), time.GetUtcNow().UtcDateTime.Date);
        if (!file.Exists)
            throw new OperationException(OperationError.NotFound, $"{file.FullName} does not exist.");
        var observed = DateOnly.FromDateTime(today);
        var import = LiteLlmPrices.Import(
            File.ReadAllBytes(file.FullName),
            string.Create(CultureInfo.InvariantCulture, $"litellm/{observed:yyyy-MM-dd}"),
            observed,
            from ?? new DateTimeOffset(today, TimeSpan.Zero)
        );
        if (import.Cards.IsEmpty)
            return new PriceImport(file.Name, custom.Path, import);
        var former = custom.Read();
        if (!former.Problems.IsEmpty)
            throw new OperationException(
                OperationError.Conflict,
                $"{custom.Path} is not valid, so nothing was imported: {former.Problems[0]}"
            );
        custom.Write([.. former.Cards.Where(card => !IsReplaced(card, import)), .. import.Cards]);
        return new PriceImport(file.Name, custom.Path, import);
    }

    // Earlier versions are kept: calls of that time keep their price.
    private static bool IsReplaced(RateCard card, LiteLlmImport import) =>
        import.Cards.Any(fresh =>
            fresh.PriceVersion == card.PriceVersion
            || (
                fresh.Provider == card.Provider
                && fresh.Model == card.Model
                && fresh.EffectiveFrom == card.EffectiveFrom
            )
        );

    private static IEnumerable<string> Providers(PriceBook book, string? provider) =>
        provider is null ? book.Providers.Order(StringComparer.Ordinal) : [provider];
}

/// <summary>The outcome of an import. Nothing was imported if it has no cards.</summary>
/// <param name="File">The name of the imported file.</param>
/// <param name="Target">The file of the custom prices.</param>
/// <param name="Result">The imported cards, and the parts that were not understood.</param>
public sealed record PriceImport(string File, string Target, LiteLlmImport Result);

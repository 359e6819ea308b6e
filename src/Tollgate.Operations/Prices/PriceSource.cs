using System.Globalization;
using System.Text.Json;
using Tollgate.Metering.Pricing;
using Tollgate.Metering.Pricing.LiteLlm;

namespace Tollgate.Operations.Prices;

/// <summary>
/// A price list as named on the command line: a file (Tollgate's or LiteLLM's), <c>builtin</c>, a day (the prices in
/// effect then), or the prefix of price versions such as <c>builtin/2026-07</c>.
/// </summary>
internal static class PriceSource
{
    /// <summary>Returns one card for each provider and model: the one in effect at that time.</summary>
    /// <exception cref="FormatException">There are no prices with this name, or the file cannot be read; the message
    /// explains why.</exception>
    public static IReadOnlyList<RateCard> Read(string name, PriceBook book, DateTimeOffset at)
    {
        if (File.Exists(name))
            return InEffect(PriceBook.Create(ReadFile(name, at)), at);
        if (name == BuiltInPrices.VersionPrefix)
            return InEffect(BuiltInPrices.Book, at);
        if (DateOnly.TryParseExact(name, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return InEffect(book, new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero));
        var versions = book
            .Cards.Where(card => card.PriceVersion.StartsWith(name, StringComparison.Ordinal))
            .Distinct()
            .ToList();
        return versions.Count > 0
            ? InEffect(PriceBook.Create(versions), at)
            : throw new FormatException(
                $"'{name}' is not a valid price list. Use a file, 'builtin', a day like 2026-07-01, or a price "
                    + $"version prefix like builtin/2026-07."
            );
    }

    private static List<RateCard> InEffect(PriceBook book, DateTimeOffset at) =>
        [
            .. book
                .Cards.Where(card => book.Find(card.Provider, card.Model, at) == card)
                .DistinctBy(static card => (card.Provider, card.Model)),
        ];

    private static IEnumerable<RateCard> ReadFile(string path, DateTimeOffset at)
    {
        var bytes = File.ReadAllBytes(path);
        var (cards, problems) = IsTollgateFormat(bytes, path) ? ReadTollgate(bytes) : ReadLiteLlm(bytes, at);
        return problems.Count == 0 && cards.Count > 0
            ? cards
            : throw new FormatException(
                $"'{path}' contains no readable prices: {problems.FirstOrDefault() ?? "it has no models"}"
            );
    }

    private static (IReadOnlyList<RateCard> Cards, IReadOnlyList<string> Problems) ReadTollgate(byte[] bytes)
    {
        var file = PriceFile.Parse(bytes, "file");
        return (file.Cards, [.. file.Problems.Select(static problem => problem.ToString())]);
    }

    /// <summary>
    /// Undated: the prices apply at any requested time. Fields that are not understood are not prices.
    /// </summary>
    private static (IReadOnlyList<RateCard> Cards, IReadOnlyList<string> Problems) ReadLiteLlm(
        byte[] bytes,
        DateTimeOffset at
    )
    {
        var import = LiteLlmPrices.Import(bytes, "file", DateOnly.FromDateTime(at.UtcDateTime), at);
        return (
            import.Cards,
            import.Cards.IsEmpty ? [.. import.Problems.Select(static problem => problem.ToString())] : []
        );
    }

    /// <summary>LiteLLM's file has model names at its root, where Tollgate's has <c>models</c>.</summary>
    private static bool IsTollgateFormat(byte[] bytes, string path)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsMemory(3) : bytes);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("models", out var models)
                && models.ValueKind == JsonValueKind.Array;
        }
        catch (JsonException exception)
        {
            throw new FormatException($"'{path}' is not valid JSON: {exception.Message}", exception);
        }
    }
}

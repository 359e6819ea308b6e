using System.Globalization;
using System.Text;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;

namespace Tollgate.Cli.Prices;

/// <summary>Prints rate cards as a table, as CSV, or as JSON in the price file format.</summary>
internal static class PriceTable
{
    /// <summary>The level of detail to print.</summary>
    internal sealed record Columns(string[] Titles, string[] Brief, Func<RateCard, IEnumerable<string[]>> Rows);

    /// <summary>One line per card.</summary>
    public static readonly Columns Summary = new(
        [
            "provider",
            "model",
            "input_per_million",
            "cache_read_per_million",
            "output_per_million",
            "effective_from",
            "price_version",
        ],
        ["provider", "model", "input_per_million", "cache_read_per_million", "output_per_million", "effective_from"],
        card =>
            [
                [
                    card.Provider,
                    card.Model,
                    Base(card, UsageKind.InputText),
                    Base(card, UsageKind.CacheRead),
                    Base(card, UsageKind.OutputText),
                    From(card),
                    card.PriceVersion,
                ],
            ]
    );

    /// <summary>One line per rate and tier.</summary>
    public static readonly Columns Rates = new(
        [
            "provider",
            "model",
            "tier",
            "above_input_tokens",
            "kind",
            "usd",
            "per",
            "effective_from",
            "observed",
            "source",
            "price_version",
        ],
        ["model", "tier", "above_input_tokens", "kind", "usd", "per", "effective_from", "observed"],
        card => card.Tiers.SelectMany(tier => FormatRates(card, tier))
    );

    public static int Print(TextWriter output, string format, IEnumerable<RateCard> cards, Columns columns)
    {
        if (format == "json")
            output.WriteLine(Encoding.UTF8.GetString(PriceFile.Write(cards)));
        else
            new ResultTable(columns.Titles, cards.SelectMany(columns.Rows)) { Brief = columns.Brief }.Print(
                output,
                format
            );
        return ExitCodes.Success;
    }

    private static IEnumerable<string[]> FormatRates(RateCard card, RateTier tier)
    {
        foreach (var kind in Enum.GetValues<UsageKind>())
            if (tier[kind] is { } rate)
                yield return
                [
                    card.Provider,
                    card.Model,
                    tier.ServiceTier.ToString().ToLowerInvariant(),
                    Number(tier.AboveInputTokens),
                    kind.ToString(),
                    Number(IsPerUnit(kind) ? rate : rate * 1_000_000),
                    IsPerUnit(kind) ? "each" : "million",
                    From(card),
                    card.Observed?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
                    card.Source,
                    card.PriceVersion,
                ];
    }

    private static bool IsPerUnit(UsageKind kind) => kind is UsageKind.ToolUse or UsageKind.Request or UsageKind.Second;

    private static string Base(RateCard card, UsageKind kind) =>
        card.FindTier(ServiceTier.Standard)?[kind] is { } rate ? Number(rate * 1_000_000) : "";

    private static string From(RateCard card) =>
        card.EffectiveFrom?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private static string Number(decimal value) => value.ToString("0.##################", CultureInfo.InvariantCulture);
}

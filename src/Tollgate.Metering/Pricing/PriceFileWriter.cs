using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tollgate.Metering.Pricing;

/// <summary>Writes cards as a <see cref="PriceFile"/>.</summary>
internal static class PriceFileWriter
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static byte[] Write(IEnumerable<RateCard> cards)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteStartArray("models");
            foreach (var card in cards)
                WriteCard(json, card);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteCard(Utf8JsonWriter json, RateCard card)
    {
        json.WriteStartObject();
        json.WriteString("provider", card.Provider);
        json.WriteString("model", card.Model);
        if (!card.Aliases.IsEmpty)
            WriteAliases(json, card);
        json.WriteString("price_version", card.PriceVersion);
        if (card.EffectiveFrom is { } from)
            json.WriteString("effective_from", from);
        if (card.EffectiveUntil is { } until)
            json.WriteString("effective_until", until);
        if (card.Observed is { } observed)
            json.WriteString("observed", observed.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteString("source", card.Source);
        if (card.MaxInputTokens is { } input)
            json.WriteNumber("max_input_tokens", input);
        if (card.MaxOutputTokens is { } output)
            json.WriteNumber("max_output_tokens", output);
        json.WriteStartArray("rates");
        foreach (var tier in card.Tiers)
            WriteTier(json, tier);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteAliases(Utf8JsonWriter json, RateCard card)
    {
        json.WriteStartArray("aliases");
        foreach (var alias in card.Aliases)
            json.WriteStringValue(alias);
        json.WriteEndArray();
    }

    private static void WriteTier(Utf8JsonWriter json, RateTier tier)
    {
        json.WriteStartObject();
        json.WriteString("tier", PriceFileNames.Tiers[(int)tier.ServiceTier]);
        if (tier.AboveInputTokens > 0)
            json.WriteNumber("above_input_tokens", tier.AboveInputTokens);
        if (tier.Inherits)
            json.WriteBoolean("inherits", true);
        WriteRates(json, tier, "usd_per_million", PriceFileNames.PerMillion, PriceFileNames.Million);
        WriteRates(json, tier, "usd_each", PriceFileNames.PerUnit, 1);
        json.WriteEndObject();
    }

    private static void WriteRates(Utf8JsonWriter json, RateTier tier, string name, KindName[] kinds, decimal units)
    {
        if (!kinds.Any(kind => tier[kind.Kind] is not null))
            return;
        json.WriteStartObject(name);
        foreach (var kind in kinds)
            if (tier[kind.Kind] is { } rate)
                json.WriteString(kind.Name, Plain(rate * units));
        json.WriteEndObject();
    }

    private static string Plain(decimal price) =>
        price.ToString("0.############################", CultureInfo.InvariantCulture);
}

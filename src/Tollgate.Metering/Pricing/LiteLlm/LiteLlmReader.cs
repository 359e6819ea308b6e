using System.Text.Json;

namespace Tollgate.Metering.Pricing.LiteLlm;

/// <summary>Reads one file of LiteLLM's prices into cards.</summary>
internal sealed class LiteLlmReader(string origin, DateOnly? observed, DateTimeOffset? effectiveFrom)
{
    /// <summary>An entry that documents the format and has no prices.</summary>
    private const string Specimen = "sample_spec";

    private readonly List<PriceProblem> _problems = [];
    private readonly List<UnsupportedFields> _notUnderstood = [];
    private readonly List<string> _unpriced = [];
    private readonly Dictionary<(string Provider, string Model), RateCard> _cards = [];

    public LiteLlmImport Read(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(JsonText.WithoutByteOrderMark(utf8));
            var file = new PriceFileObject(document.RootElement, "", _problems);
            foreach (var entry in file.Fields)
                if (entry.Name != Specimen)
                    ReadModel(entry.Name, entry.Value);
        }
        catch (Exception e) when (JsonText.IsInvalidJson(e))
        {
            _problems.Add(new("", $"is not valid JSON: {e.Message}"));
        }

        return new LiteLlmImport([.. _cards.Values], [.. _notUnderstood], [.. _unpriced], [.. _problems]);
    }

    private void ReadModel(string key, JsonElement value)
    {
        var before = _problems.Count;
        var fields = new PriceFileObject(value, key, _problems);
        if (_problems.Count > before)
            return;
        var provider = fields.RequiredText("litellm_provider");
        var entry = new LiteLlmEntry();
        foreach (var field in fields.Fields)
            if (CostField.IsCost(field.Name) && field.Value.ValueKind != JsonValueKind.Null)
                ReadCost(entry, fields, field.Name, field.Value);
        if (entry.UnsupportedFields.Count > 0)
            _notUnderstood.Add(new(key, [.. entry.UnsupportedFields]));
        if (_problems.Count > before || provider is null)
            return;

        var card = Card(key, ProviderNames.Map(provider), fields, entry);
        if (card.Tiers.IsEmpty)
            _unpriced.Add(key);
        else
            AddCard(key, card);
    }

    private RateCard Card(string key, string provider, PriceFileObject fields, LiteLlmEntry entry)
    {
        var model = ProviderNames.Model(key, provider);
        return new RateCard
        {
            Provider = provider,
            Model = model,
            Aliases = model == key ? [] : [key],
            PriceVersion = $"{origin}/{provider}/{model}",
            EffectiveFrom = effectiveFrom,
            Observed = observed,
            Source = OptionalText(fields, "source") ?? "LiteLLM's price file",
            MaxInputTokens = Limit(fields, "max_input_tokens"),
            MaxOutputTokens = Limit(fields, "max_output_tokens") ?? Limit(fields, "max_tokens"),
            Tiers = entry.Tiers(),
        };
    }

    private void AddCard(string key, RateCard card)
    {
        var name = (card.Provider, card.Model);
        if (_cards.TryGetValue(name, out var other))
        {
            if (!SameRates(card, other))
                _problems.Add(
                    new(
                        key,
                        $"{card.Model} of {card.Provider} is listed twice with different prices; the entry under the "
                            + $"provider's prefix applies"
                    )
                );
            if (card.Aliases.IsEmpty)
                card = other;
        }

        _cards[name] = card;
    }

    private static void ReadCost(LiteLlmEntry entry, PriceFileObject fields, string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object && name == "search_context_cost_per_query")
            ReadSearch(entry, fields, name, value);
        else if (value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            entry.Reject(name);
        else if (Price(fields, name, value) is { } price)
            entry.Add(name, price);
    }

    private static void ReadSearch(LiteLlmEntry entry, PriceFileObject fields, string name, JsonElement value)
    {
        var bySize = value
            .EnumerateObject()
            .Select(size => Price(fields, $"{name}.{size.Name}", size.Value))
            .OfType<decimal>()
            .ToList();
        entry.AddSearch(name, bySize);
    }

    private static decimal? Price(PriceFileObject fields, string name, JsonElement value)
    {
        var shown = PriceFileObject.Describe(value);
        if (value.ValueKind != JsonValueKind.Number)
            fields.AddProblem(name, $"must be a number, not {shown}");
        else if (!ExactDecimal.TryParse(value.GetRawText(), out var price))
            fields.AddProblem(name, $"{shown} cannot be represented exactly");
        else if (price is < 0 or > RateTier.MaxRate)
            fields.AddProblem(name, $"{shown} is negative or implausibly high");
        else
            return price;
        return null;
    }

    // Fields that are not prices may be odd (the file has texts where numbers belong) without making the prices
    // doubtful.
    private static string? OptionalText(PriceFileObject fields, string name) =>
        fields.Field(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static long? Limit(PriceFileObject fields, string name) =>
        fields.Field(name) is { ValueKind: JsonValueKind.Number } value
        && value.TryGetInt64(out var limit)
        && limit >= 0
            ? limit
            : null;

    private static bool SameRates(RateCard left, RateCard right) =>
        left.Tiers.Length == right.Tiers.Length
        && left.Tiers.Zip(right.Tiers).All(pair => pair.First.HasSameRatesAs(pair.Second));
}

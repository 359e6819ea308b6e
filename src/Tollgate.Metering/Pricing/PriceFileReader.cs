using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Tollgate.Metering.Usage;

namespace Tollgate.Metering.Pricing;

/// <summary>Reads one <see cref="PriceFile"/>.</summary>
internal sealed class PriceFileReader
{
    private static readonly JsonDocumentOptions Options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    private readonly string _origin;
    private readonly List<PriceProblem> _problems = [];
    private readonly List<RateCard> _cards = [];

    private PriceFileReader(string origin) => _origin = origin;

    public static PriceFileResult Read(ReadOnlyMemory<byte> utf8, string origin)
    {
        var reader = new PriceFileReader(origin);
        try
        {
            using var document = JsonDocument.Parse(JsonText.WithoutMark(utf8), Options);
            reader.ReadFile(document.RootElement);
        }
        catch (Exception e) when (JsonText.IsUnreadable(e))
        {
            reader._problems.Add(new("", $"is not readable as JSON: {e.Message}"));
        }

        return new PriceFileResult([.. reader._cards], [.. reader._problems]);
    }

    private void ReadFile(JsonElement root)
    {
        var file = new PriceFileObject(root, "", _problems, "provider", "observed", "source", "note", "models");
        if (file.Field("models") is null) file.Note("models", "is missing");
        var defaults = new Defaults(file.Text("provider"), file.Day("observed"), file.Text("source"));
        var taken = new HashSet<(string, string, DateTimeOffset?)>();
        var versions = new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        foreach (var item in file.Items("models"))
        {
            var before = _problems.Count;
            var model = new PriceFileObject(
                item, $"models[{index++}]", _problems, "model", "provider", "aliases", "price_version", "effective_from",
                "effective_until", "observed", "source", "note", "max_input_tokens", "max_output_tokens", "rates");
            var card = Card(model, defaults);
            if (_problems.Count > before) continue;
            if (!taken.Add((card.Provider, card.Model, card.EffectiveFrom)))
                model.Note("model", $"{card.Model} of {card.Provider} is priced twice from the same moment");
            else if (!versions.Add(card.PriceVersion))
                model.Note("price_version", $"{card.PriceVersion} is taken; give this version another one");
            else _cards.Add(card);
        }
    }

    private RateCard Card(PriceFileObject model, Defaults defaults)
    {
        var provider = model.RequiredText("provider", defaults.Provider) ?? "";
        var name = model.RequiredText("model") ?? "";
        var undated = model.Field("observed") is { ValueKind: JsonValueKind.Null };
        var observed = undated ? null : model.Day("observed") ?? defaults.Observed;
        return new RateCard
        {
            Provider = provider,
            Model = name,
            Aliases = Aliases(model),
            PriceVersion = model.Text("price_version") ?? $"{_origin}/{observed?.ToString("yyyy-MM") ?? "undated"}/{provider}/{name}",
            EffectiveFrom = model.Moment("effective_from"),
            EffectiveUntil = model.Moment("effective_until"),
            Observed = observed,
            Source = model.Text("source") ?? defaults.Source ?? _origin,
            MaxInputTokens = model.Tokens("max_input_tokens"),
            MaxOutputTokens = model.Tokens("max_output_tokens"),
            Tiers = Tiers(model),
        };
    }

    private static ImmutableArray<string> Aliases(PriceFileObject model)
    {
        var aliases = model.Items("aliases");
        if (aliases.All(alias => alias.ValueKind == JsonValueKind.String)) return [.. aliases.Select(alias => alias.GetString()!)];
        model.Note("aliases", "must be a list of texts");
        return [];
    }

    private ImmutableArray<RateTier> Tiers(PriceFileObject model)
    {
        var tiers = ImmutableArray.CreateBuilder<RateTier>();
        foreach (var item in model.Items("rates"))
        {
            var fields = new PriceFileObject(
                item, model.At($"rates[{tiers.Count}]"), _problems, "tier", "above_input_tokens", "inherits", "usd_per_million", "usd_each");
            var tier = Tier(fields);
            if (tiers.Any(other => other.ServiceTier == tier.ServiceTier && other.AboveInputTokens == tier.AboveInputTokens))
                fields.Note("tier", "is listed twice for the same above_input_tokens");
            tiers.Add(tier);
        }

        if (tiers.Count == 0) model.Note("rates", "must list at least one tier");
        return tiers.ToImmutable();
    }

    private RateTier Tier(PriceFileObject fields)
    {
        var name = fields.Text("tier") ?? "standard";
        if (!PriceFileNames.Tiers.TryGetValue(name, out var serviceTier))
            fields.Note("tier", $"\"{name}\" is not one of {string.Join(", ", PriceFileNames.Tiers.Keys.Order())}");
        var rates = Rates(fields, "usd_per_million", PriceFileNames.PerMillion, PriceFileNames.Million)
            .Concat(Rates(fields, "usd_each", PriceFileNames.Each, 1));
        return new RateTier(serviceTier, fields.Tokens("above_input_tokens") ?? 0, rates, fields.Flag("inherits"));
    }

    private List<KeyValuePair<UsageKind, decimal>> Rates(
        PriceFileObject tier, string name, FrozenDictionary<string, UsageKind> kinds, decimal units)
    {
        var rates = new List<KeyValuePair<UsageKind, decimal>>();
        if (tier.Field(name) is not { } element) return rates;
        var fields = new PriceFileObject(element, tier.At(name), _problems, [.. kinds.Keys]);
        foreach (var (field, value) in fields.Fields)
            if (kinds.TryGetValue(field, out var kind) && Rate(fields, field, value, units) is { } rate)
                rates.Add(new(kind, rate));
        return rates;
    }

    private static decimal? Rate(PriceFileObject fields, string field, JsonElement value, decimal units)
    {
        if (value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number))
            fields.Note(field, $"must be a price such as \"2.50\", not {PriceFileObject.Shown(value)}");
        else if (!ExactDecimal.TryParse(value.ToString(), out var price) || price / units * units != price)
            fields.Note(field, $"{PriceFileObject.Shown(value)} is not a decimal number that can be held exactly");
        else if (price < 0 || price / units > RateTier.MaxRate)
            fields.Note(field, $"{PriceFileObject.Shown(value)} is negative or beyond belief");
        else return price / units;
        return null;
    }

    private readonly record struct Defaults(string? Provider, DateOnly? Observed, string? Source);
}

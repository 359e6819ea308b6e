using System.Collections.Immutable;
using System.Text.Json;
using Tollgate.Metering.Usage;

namespace Tollgate.Metering.Pricing;

/// <summary>Reads one <see cref="PriceFile"/>.</summary>
internal sealed class PriceFileReader
{
    private static readonly JsonDocumentOptions Options = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    private static readonly string[] FileFields = ["provider", "observed", "source", "note", "models"];

    private static readonly string[] ModelFields =
    [
        "model",
        "provider",
        "aliases",
        "price_version",
        "effective_from",
        "effective_until",
        "observed",
        "source",
        "note",
        "max_input_tokens",
        "max_output_tokens",
        "rates",
    ];

    private static readonly string[] TierFields =
    [
        "tier",
        "above_input_tokens",
        "inherits",
        "usd_per_million",
        "usd_each",
    ];
    private static readonly RateField PerMillion = new(
        "usd_per_million",
        PriceFileNames.PerMillion,
        PriceFileNames.Million
    );
    private static readonly RateField Each = new("usd_each", PriceFileNames.PerUnit, 1);

    private readonly string _origin;
    private readonly List<PriceProblem> _problems = [];
    private readonly List<RateCard> _cards = [];
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    private PriceFileReader(string origin) => _origin = origin;

    public static PriceFileResult Read(ReadOnlyMemory<byte> utf8, string origin)
    {
        var reader = new PriceFileReader(origin);
        try
        {
            using var document = JsonDocument.Parse(JsonText.WithoutByteOrderMark(utf8), Options);
            reader.ReadFile(document.RootElement);
        }
        catch (Exception e) when (JsonText.IsInvalidJson(e))
        {
            reader._problems.Add(new("", $"is not valid JSON: {e.Message}"));
        }

        return reader.Result();
    }

    /// <summary>Reads some of a file's models, by their index in its list.</summary>
    public static PriceFileResult Read(JsonElement root, List<int> places, string origin)
    {
        var reader = new PriceFileReader(origin);
        var defaults = reader.ReadDefaults(root, out _);
        var models = root.GetProperty("models");
        foreach (var place in places)
            reader.ReadModel(models[place], place, defaults);
        return reader.Result();
    }

    private PriceFileResult Result() => new([.. _cards], [.. _problems]);

    private void ReadFile(JsonElement root)
    {
        var defaults = ReadDefaults(root, out var file);
        if (file.Field("models") is null)
            file.AddProblem("models", "is missing");
        var place = 0;
        foreach (var item in file.Items("models"))
            ReadModel(item, place++, defaults);
    }

    private Defaults ReadDefaults(JsonElement root, out PriceFileObject file)
    {
        file = new PriceFileObject(root, "", _problems, FileFields);
        return new Defaults(file.Text("provider"), file.Date("observed"), file.Text("source"));
    }

    private void ReadModel(JsonElement item, int place, Defaults defaults)
    {
        var before = _problems.Count;
        var model = new PriceFileObject(item, $"models[{place}]", _problems, ModelFields);
        var card = Card(model, defaults);
        if (_problems.Count > before)
            return;
        if (!_taken.Add($"{card.Provider}\n{card.Model}\n{card.EffectiveFrom?.UtcTicks}"))
            model.AddProblem("model", $"{card.Model} of {card.Provider} has two prices with the same effective_from");
        else if (!_taken.Add(card.PriceVersion))
            model.AddProblem(
                "price_version",
                $"{card.PriceVersion} is already in use; give this version a different one"
            );
        else
            _cards.Add(card);
    }

    private RateCard Card(PriceFileObject model, Defaults defaults)
    {
        var provider = model.RequiredText("provider", defaults.Provider) ?? "";
        var name = model.RequiredText("model") ?? "";
        var undated = model.Field("observed") is { ValueKind: JsonValueKind.Null };
        var observed = undated ? null : model.Date("observed") ?? defaults.Observed;
        return new RateCard
        {
            Provider = provider,
            Model = name,
            Aliases = Aliases(model),
            PriceVersion =
                model.Text("price_version")
                ?? $"{_origin}/{observed?.ToString("yyyy-MM") ?? "undated"}/{provider}/{name}",
            EffectiveFrom = model.Timestamp("effective_from"),
            EffectiveUntil = model.Timestamp("effective_until"),
            Observed = observed,
            Source = model.Text("source") ?? defaults.Source ?? _origin,
            MaxInputTokens = model.Tokens("max_input_tokens"),
            MaxOutputTokens = model.Tokens("max_output_tokens"),
            Tiers = Tiers(model),
        };
    }

    private static ImmutableArray<string> Aliases(PriceFileObject model)
    {
        var aliases = ImmutableArray.CreateBuilder<string>();
        foreach (var alias in model.Items("aliases"))
        {
            if (alias.ValueKind == JsonValueKind.String)
            {
                aliases.Add(alias.GetString()!);
                continue;
            }

            model.AddProblem("aliases", "must be a list of strings");
            return [];
        }

        return aliases.ToImmutable();
    }

    private ImmutableArray<RateTier> Tiers(PriceFileObject model)
    {
        var tiers = ImmutableArray.CreateBuilder<RateTier>();
        foreach (var item in model.Items("rates"))
        {
            var fields = new PriceFileObject(item, model.PathOf($"rates[{tiers.Count}]"), _problems, TierFields);
            var tier = Tier(fields);
            if (tiers.Any(tier.IsForSameRequestsAs))
                fields.AddProblem("tier", "appears more than once for the same above_input_tokens");
            tiers.Add(tier);
        }

        if (tiers.Count == 0)
            model.AddProblem("rates", "must list at least one tier");
        return tiers.ToImmutable();
    }

    private RateTier Tier(PriceFileObject fields)
    {
        var name = fields.Text("tier") ?? "standard";
        var serviceTier = Array.IndexOf(PriceFileNames.Tiers, name);
        if (serviceTier < 0)
            fields.AddProblem("tier", $"\"{name}\" is not one of {string.Join(", ", PriceFileNames.Tiers)}");
        var rates = new decimal?[TokenUsage.KindCount];
        ReadRates(fields, PerMillion, rates);
        ReadRates(fields, Each, rates);
        return new RateTier(
            (ServiceTier)serviceTier,
            fields.Tokens("above_input_tokens") ?? 0,
            rates,
            fields.Flag("inherits")
        );
    }

    private void ReadRates(PriceFileObject tier, RateField field, decimal?[] rates)
    {
        if (tier.Field(field.Name) is not { } element)
            return;
        var fields = new PriceFileObject(element, tier.PathOf(field.Name), _problems, field.KindNames);
        foreach (var kind in field.Kinds)
            if (fields.Field(kind.Name) is { } value)
                rates[(int)kind.Kind] = Rate(fields, kind.Name, value, field.Units);
    }

    private static decimal? Rate(PriceFileObject fields, string field, JsonElement value, decimal units)
    {
        if (value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number))
            fields.AddProblem(field, $"must be a price such as \"2.50\", not {PriceFileObject.Describe(value)}");
        else if (!ExactDecimal.TryParse(value.ToString(), out var price) || price / units * units != price)
            fields.AddProblem(
                field,
                $"{PriceFileObject.Describe(value)} is not a decimal number that can be represented exactly"
            );
        else if (price < 0 || price / units > RateTier.MaxRate)
            fields.AddProblem(field, $"{PriceFileObject.Describe(value)} is negative or implausibly high");
        else
            return price / units;
        return null;
    }

    private readonly record struct Defaults(string? Provider, DateOnly? Observed, string? Source);

    /// <summary>A field that lists prices by kind, each for a number of units.</summary>
    private sealed record RateField(string Name, KindName[] Kinds, decimal Units)
    {
        public string[] KindNames { get; } = [.. Kinds.Select(static kind => kind.Name)];
    }
}

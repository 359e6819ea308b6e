using Tollgate.Accounting.Usage;
using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Usage;
using Tollgate.Operations.Usage.Figures;
using Tollgate.Operations.Usage.Scopes;
using Tollgate.Operations.Usage.Series;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.Prices;

/// <summary>Reads and compares the prices in force, and finds the models that have none.</summary>
/// <param name="workspace">The prices, and the ledger.</param>
public sealed class PriceCatalog(Workspace workspace)
{
    private const int MaxUnpricedModels = 1000;

    private static readonly UsageMeasure[] Measures =
    [
        UsageMeasure.Unpriced,
        UsageMeasure.InputTokens,
        UsageMeasure.OutputTokens,
    ];

    /// <summary>Returns the prices in effect at a time, by provider and model.</summary>
    /// <param name="provider">Only this provider's; null for all.</param>
    /// <param name="model">Only this model, by its exact name or an alias; null for all.</param>
    /// <param name="at">The time; null for now.</param>
    public IReadOnlyList<PriceDetails> List(string? provider, string? model, DateTimeOffset? at)
    {
        var (book, moment) = (workspace.Prices, at ?? workspace.Now);
        return
        [
            .. book
                .Cards.Where(card =>
                    (provider is null || card.Provider == provider)
                    && (model is null || IsNamed(card, model))
                    && book.Find(card.Provider, card.Model, moment) == card
                )
                .DistinctBy(static card => (card.Provider, card.Model))
                .OrderBy(static card => card.Provider, StringComparer.Ordinal)
                .ThenBy(static card => card.Model, StringComparer.Ordinal)
                .Select(PriceDetails.Create),
        ];
    }

    /// <summary>Returns all versions of a model's price, by provider, the earliest first.</summary>
    /// <param name="model">The model's exact name or an alias.</param>
    /// <exception cref="OperationException">No price is known for it.</exception>
    public IReadOnlyList<PriceDetails> ListVersions(string model)
    {
        var versions = workspace
            .Prices.Cards.Where(card => IsNamed(card, model))
            .DistinctBy(static card => (card.Provider, card.PriceVersion))
            .OrderBy(static card => card.Provider, StringComparer.Ordinal)
            .ThenBy(static card => card.EffectiveFrom ?? DateTimeOffset.MinValue)
            .Select(PriceDetails.Create)
            .ToList();
        return versions.Count > 0
            ? versions
            : throw new OperationException(OperationError.NotFound, $"No price is known for '{model}'.", "prices");
    }

    /// <summary>Returns the cost of a usage at each model, the lowest first, those without a price last.</summary>
    /// <exception cref="OperationException">A number of tokens is negative, or more are cached than are
    /// input.</exception>
    public IReadOnlyList<PriceQuote> Compare(QuoteRequest request)
    {
        var usage = CreateUsage(request);
        var (book, at) = (workspace.Prices, request.At ?? workspace.Now);
        var names =
            request.Models.Count > 0
                ? request.Models.SelectMany(model => Resolve(book, model, at))
                : List(null, null, at).Select(static price => (price.Provider, price.Model));
        return
        [
            .. names
                .Distinct()
                .Select(name => Quote(book.Find(name.Provider, name.Model, at), name, usage, request.ServiceTier))
                .OrderBy(static quote => quote.Cost is null)
                .ThenBy(static quote => quote.Cost?.Usd)
                .ThenBy(static quote => quote.Provider, StringComparer.Ordinal)
                .ThenBy(static quote => quote.Model, StringComparer.Ordinal),
        ];
    }

    /// <summary>Returns the models with recorded calls that have no price, those with the most calls first.</summary>
    /// <param name="range">The time of the calls.</param>
    /// <param name="reach">The calls that the asker may see.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<IReadOnlyList<UnpricedModel>> ListUnpricedAsync(
        TimeRange range,
        UsageReach reach,
        CancellationToken cancellationToken
    )
    {
        var series = await new UsageOperations(workspace, reach).SeriesAsync(
            new SeriesRequest(new UsageScope(range) { Filters = [new PropertyFilter(UsageProperty.Unpriced, true)] })
            {
                Measures = Measures,
                Bucket = SeriesBucket.None,
                Group = UsageDimension.Provider,
                Subgroup = UsageDimension.Model,
                Top = MaxUnpricedModels,
            },
            cancellationToken
        );
        return
        [
            .. series
                .Lines.Where(static line => !line.IsOther)
                .Select(static line => new UnpricedModel(
                    line.Names[0],
                    line.Names[1],
                    (long)(line.Values[0].Value ?? 0),
                    (long)(line.Values[1].Value ?? 0),
                    (long)(line.Values[2].Value ?? 0)
                ))
                .Where(static model => model.Calls > 0),
        ];
    }

    private static TokenUsage CreateUsage(QuoteRequest request)
    {
        FieldRules.RequireRange("input_tokens", request.InputTokens, 0, TokenUsage.MaxCount);
        FieldRules.RequireRange("output_tokens", request.OutputTokens, 0, TokenUsage.MaxCount);
        FieldRules.RequireRange("cached_tokens", request.CachedTokens, 0, request.InputTokens);
        return new TokenUsage
        {
            [UsageKind.InputText] = request.InputTokens - request.CachedTokens,
            [UsageKind.CacheRead] = request.CachedTokens,
            [UsageKind.OutputText] = request.OutputTokens,
        };
    }

    /// <summary>
    /// Finds the models that a name means: one of a provider, or that of each provider which has it. A name without a
    /// price stays in the list.
    /// </summary>
    private static IEnumerable<(string Provider, string Model)> Resolve(PriceBook book, string name, DateTimeOffset at)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0 && book.Providers.Contains(name[..slash]))
            return [(name[..slash], name[(slash + 1)..])];
        var sellers = book
            .Providers.Where(provider => book.Find(provider, name, at) is not null)
            .Select(provider => (provider, name))
            .ToList();
        return sellers.Count > 0 ? sellers : [("", name)];
    }

    private static PriceQuote Quote(
        RateCard? card,
        (string Provider, string Model) name,
        in TokenUsage usage,
        ServiceTier tier
    )
    {
        var charge = CostCalculator.Price(card, usage, tier);
        var unpriced = new List<UsageKind>();
        foreach (var kind in charge.Unpriced)
            unpriced.Add(kind);
        return new PriceQuote(name.Provider, name.Model, charge.PriceVersion, charge.Total, unpriced);
    }

    private static bool IsNamed(RateCard card, string model) => card.Model == model || card.Aliases.Contains(model);
}

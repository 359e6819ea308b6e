using System.Runtime.InteropServices;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Rerating;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Collectors;

namespace Tollgate.Operations.Reconciliation;

/// <summary>Compares the ledger with a provider's report.</summary>
/// <param name="grain">The dimensions of the comparison.</param>
/// <param name="prices">Unifies the names of a model: a model and its dated snapshot are the same if they have the same
/// price.</param>
internal sealed class ReconciliationBuilder(ReconciliationGrouping grain, PriceBook prices)
{
    private readonly Dictionary<ReconciliationKey, ReconciliationTotals> _ledger = [];
    private readonly Dictionary<ReconciliationKey, ReconciliationTotals> _provider = [];
    private readonly Dictionary<(string Provider, string Model, DateOnly Day), string> _names = [];

    /// <summary>
    /// Adds the ledger's records of a provider. Records with unknown usage add only their cost, if any.
    /// </summary>
    public async Task AddLedgerAsync(
        UsageQuery query,
        string provider,
        UsagePeriod period,
        CancellationToken cancellationToken
    )
    {
        var selection = new UsageSelection
        {
            Period = period,
            Where = [UsageFilter.Equal(UsageDimension.Provider, provider)],
            Order = UsageOrder.OldestFirst,
        };
        await foreach (var record in query.ReadAsync(selection, cancellationToken))
            AddRecord(record);
    }

    /// <summary>Adds a line of the provider's report.</summary>
    public void Add(ReportedUsage line)
    {
        // Costs are not reported by key, so they cannot be compared then.
        if (grain.ByKey && line.Key is null && line.Usage.IsZero)
            return;
        var key = line.Key is { } id ? grain.Keys.GetValueOrDefault(id, id) : null;
        Sums(_provider, CreateKey(line.Day, line.Provider, line.Model, key)).Add(line.Usage, line.Cost, line.Requests);
    }

    /// <summary>Returns all cells with data on either side, in order.</summary>
    public IReadOnlyList<ReconciliationCell> Compare(decimal tolerance)
    {
        var knowsCache = _provider.Values.Any(static sums => sums.Usage.CachedTokens > 0) || !grain.IsCoarse;
        var knowsTokens =
            !grain.IsCoarse || _provider.Count == 0 || _provider.Values.Any(static sums => !sums.Usage.IsZero);
        return
        [
            .. _ledger
                .Keys.Union(_provider.Keys)
                .Select(name => new ReconciliationCell(
                    name,
                    _ledger.GetValueOrDefault(name) ?? new(),
                    _provider.GetValueOrDefault(name) ?? new(),
                    tolerance
                )
                {
                    StatesCachedInput = knowsCache,
                    StatesTokens = knowsTokens,
                })
                .Where(static cell => !cell.Ledger.IsEmpty || !cell.Provider.IsEmpty)
                .OrderBy(static cell => cell.Key.Day)
                .ThenBy(static cell => cell.Key.Model, StringComparer.Ordinal)
                .ThenBy(static cell => cell.Key.Key, StringComparer.Ordinal),
        ];
    }

    private void AddRecord(UsageRecord record)
    {
        var day = DateOnly.FromDateTime(record.StartedAt.UtcDateTime);
        var sums = Sums(
            _ledger,
            CreateKey(day, record.Provider, record.ResponseModel ?? record.Model, record.Deployment)
        );
        var isCall = record.Corrects is null && !record.Usage.IsZero;
        sums.Add(record.Usage, record.Cost, isCall ? 1 : null);
        if (isCall && record.Cost is null)
            sums.Unpriced++;
        if (ReportCorrection.Matches(record))
            sums.Corrections++;
    }

    private ReconciliationKey CreateKey(DateOnly day, string provider, string model, string? key) =>
        new(
            grain.ByDay ? day : null,
            grain.ByModel ? GetPricedModel(day, provider, model) : null,
            grain.ByKey ? key ?? "" : null
        );

    private string GetPricedModel(DateOnly day, string provider, string model)
    {
        ref var name = ref CollectionsMarshal.GetValueRefOrAddDefault(_names, (provider, model, day), out _);
        return name ??=
            prices.Find(provider, model, new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero))?.Model ?? model;
    }

    private static ReconciliationTotals Sums(
        Dictionary<ReconciliationKey, ReconciliationTotals> side,
        ReconciliationKey name
    )
    {
        ref var sums = ref CollectionsMarshal.GetValueRefOrAddDefault(side, name, out _);
        return sums ??= new ReconciliationTotals();
    }
}

/// <summary>The dimensions of a comparison.</summary>
/// <param name="ByDay">By UTC day.</param>
/// <param name="ByModel">By model.</param>
/// <param name="ByKey">By key: the provider's key id on its side, the deployment on the ledger's.</param>
internal sealed record ReconciliationGrouping(bool ByDay, bool ByModel, bool ByKey)
{
    /// <summary>The grain of corrections.</summary>
    public static readonly ReconciliationGrouping DayAndModel = new(true, true, false);

    /// <summary>The deployment that uses a key, by the provider's id of the key.</summary>
    public IReadOnlyDictionary<string, string> Keys { get; init; } = new Dictionary<string, string>();

    /// <summary>True if the provider's report does not distinguish cached input.</summary>
    public bool IsCoarse { get; init; }
}

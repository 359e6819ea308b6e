using System.Runtime.InteropServices;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Rerating;

/// <summary>The changes made by rerating.</summary>
public sealed class RerateReport
{
    private readonly Dictionary<(string Provider, string Model), RerateModel> _models = [];

    /// <summary>The number of corrections that a run recorded or would record.</summary>
    public long Corrections { get; internal set; }

    /// <summary>
    /// Calls that keep their cost because the caller reported it, or the provider does not charge for them.
    /// </summary>
    public long Stated { get; private set; }

    /// <summary>Calls that keep their cost because nothing was consumed, or the consumption is unknown.</summary>
    public long NoUsage { get; private set; }

    /// <summary>
    /// Calls that keep their charged cost, or stay unpriced, because the price book has no price for them.
    /// </summary>
    public long NoPrice { get; private set; }

    /// <summary>The models with changes, largest difference first.</summary>
    public IReadOnlyList<RerateModel> Models =>
        [
            .. _models
                .Values.Where(static model => model.Changed > 0)
                .OrderByDescending(static model => Math.Abs(model.Difference.Usd))
                .ThenBy(static model => model.Provider, StringComparer.Ordinal)
                .ThenBy(static model => model.Model, StringComparer.Ordinal),
        ];

    /// <summary>The sum of all differences.</summary>
    public Money Difference => _models.Values.Aggregate(Money.Zero, static (sum, model) => sum + model.Difference);

    internal void Count(UsageRecord record, Money? cost, RecordPrice now)
    {
        if (now.Unchanged == UnchangedReason.StatedByProvider)
            Stated++;
        else if (now.Unchanged == UnchangedReason.NoUsage)
            NoUsage++;
        else if (now.Unchanged == UnchangedReason.NoPrice)
            NoPrice++;
        if (now.Cost is not { } priced)
            return;
        ref var model = ref CollectionsMarshal.GetValueRefOrAddDefault(_models, (record.Provider, record.Model), out _);
        model ??= new RerateModel(record.Provider, record.Model);
        model.Add(cost, priced);
    }
}

/// <summary>The changes to one model.</summary>
/// <param name="provider">The provider.</param>
/// <param name="model">The model.</param>
public sealed class RerateModel(string provider, string model)
{
    /// <summary>The provider.</summary>
    public string Provider => provider;

    /// <summary>The requested model.</summary>
    public string Model => model;

    /// <summary>The number of calls that now have a price.</summary>
    public long Calls { get; private set; }

    /// <summary>The number of those calls whose cost changes.</summary>
    public long Changed { get; private set; }

    /// <summary>The number of those calls that had no cost.</summary>
    public long PricedAfterwards { get; private set; }

    /// <summary>The cost so far, including corrections.</summary>
    public Money Before { get; private set; }

    /// <summary>The cost after rerating.</summary>
    public Money After { get; private set; }

    /// <summary>The difference.</summary>
    public Money Difference => After - Before;

    internal void Add(Money? before, Money after)
    {
        Calls++;
        if (before != after)
            Changed++;
        if (before is null)
            PricedAfterwards++;
        (Before, After) = (Before + (before ?? Money.Zero), After + after);
    }
}

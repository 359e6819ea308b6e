using System.Runtime.InteropServices;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.ImportExport.Focus;

/// <summary>The rows of one hour or day.</summary>
internal sealed class FocusBucket(FocusSplit split)
{
    private readonly Dictionary<FocusKey, (decimal Quantity, Money Cost)> _rows = [];
    private readonly Dictionary<FocusGroup, UsageTotals> _read = [];
    private readonly List<FocusPart> _parts = [];

    /// <summary>The dimensions of the rollup query; in the order of <see cref="FocusGroup"/>.</summary>
    public static IReadOnlyList<UsageDimension> By { get; } =
    [UsageDimension.Key, UsageDimension.Model, UsageDimension.Provider, UsageDimension.Project];

    public void Add(UsageRecord record)
    {
        var group = CreateGroup(record.Attribution.KeyId, record.Model, record.Provider, record.Attribution.Project);
        ref var read = ref CollectionsMarshal.GetValueRefOrAddDefault(_read, group, out var isKnown);
        read = isKnown ? read! + UsageTotals.FromRecord(record) : UsageTotals.FromRecord(record);
        split.Split(record, _parts);
        foreach (var part in _parts)
            Add(new FocusKey(group, part.Meter, part.Price, part.Class), part.Quantity, part.Cost);
        _parts.Clear();
    }

    /// <summary>Adds the part of a rollup that exceeds the records read: those records were purged.</summary>
    public void AddUncovered(UsageSum kept)
    {
        var group = CreateGroup(kept.Names[0], kept.Names[1], kept.Names[2], kept.Names[3]);
        var read = _read.GetValueOrDefault(group) ?? new UsageTotals();
        var (tokens, cost) = (kept.Totals.Usage.TotalTokens - read.Usage.TotalTokens, kept.Totals.Cost - read.Cost);
        if (kept.Totals.Calls == read.Calls && tokens == 0 && cost == Money.Zero)
            return;
        var isUnpriced = cost == Money.Zero && kept.Totals.Unpriced > read.Unpriced;
        Add(
            new FocusKey(group, FocusSplit.AllTokens, null, isUnpriced ? FocusClass.Unpriced : FocusClass.Usage),
            tokens,
            cost
        );
    }

    /// <summary>Returns the rows in an order that depends only on their contents.</summary>
    public IEnumerable<FocusRow> Rows() =>
        _rows
            .Select(static row => new FocusRow(row.Key, row.Value.Quantity, row.Value.Cost))
            .OrderBy(static row => row.Key.Group.KeyId, StringComparer.Ordinal)
            .ThenBy(static row => row.Key.Group.Project, StringComparer.Ordinal)
            .ThenBy(static row => row.Key.Group.Provider, StringComparer.Ordinal)
            .ThenBy(static row => row.Key.Group.Model, StringComparer.Ordinal)
            .ThenBy(static row => row.Key.Class)
            .ThenBy(static row => row.Key.Meter, StringComparer.Ordinal)
            .ThenBy(static row => row.Key.Price?.Tier)
            .ThenBy(static row => row.Key.Price?.AboveInputTokens)
            .ThenBy(static row => row.Key.Price?.Version, StringComparer.Ordinal)
            .ThenBy(static row => row.Key.Price?.UnitRate);

    /// <summary>Rollups have no empty names, records may have them: both mean none.</summary>
    private static FocusGroup CreateGroup(string? key, string? model, string? provider, string? project) =>
        new(
            string.IsNullOrEmpty(key) ? null : key,
            model ?? "",
            provider ?? "",
            string.IsNullOrEmpty(project) ? null : project
        );

    private void Add(in FocusKey key, decimal quantity, Money cost)
    {
        ref var row = ref CollectionsMarshal.GetValueRefOrAddDefault(_rows, key, out _);
        row = (row.Quantity + quantity, row.Cost + cost);
    }
}

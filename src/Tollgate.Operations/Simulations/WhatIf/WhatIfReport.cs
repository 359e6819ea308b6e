using System.Globalization;
using Tollgate.Metering.Usage;

namespace Tollgate.Operations.Simulations.WhatIf;

/// <summary>The actual and hypothetical cost of a period, by project and user.</summary>
public sealed class WhatIfReport
{
    private readonly SortedDictionary<(string Project, string User), WhatIfRow> _rows = [];
    private readonly SortedDictionary<string, UnpricedCalls> _unpriced = new(StringComparer.Ordinal);
    private readonly HashSet<CallId> _withoutCost = [];

    /// <summary>One row per project and user.</summary>
    public IReadOnlyCollection<WhatIfRow> Rows => _rows.Values;

    /// <summary>The reasons why calls have no hypothetical cost, with their number and days.</summary>
    public IReadOnlyDictionary<string, UnpricedCalls> Unpriced => _unpriced;

    /// <summary>Calls recorded without a cost, and not priced later.</summary>
    public int RecordedWithoutCost => _withoutCost.Count;

    /// <summary>The totals of all rows.</summary>
    public WhatIfRow Total()
    {
        var total = new WhatIfRow("", "");
        foreach (var row in Rows)
            total.Add(row);
        return total;
    }

    /// <summary>
    /// Adds a call with its hypothetical cost, or the reason why there is none on the day of its prices.
    /// </summary>
    internal void Add(UsageRecord record, Money? imagined, string? unpriced, DateOnly day = default)
    {
        var row = GetOrAddRow(record);
        row.Calls++;
        row.Tokens += record.Usage.TotalTokens;
        row.Cost += record.Cost ?? Money.Zero;
        if (record.Cost is null && _withoutCost.Add(record.Id))
            row.RecordedWithoutCost++;
        if (imagined is { } cost)
            row.HypotheticalCost += cost;
        if (unpriced is null)
            return;
        row.Unpriced++;
        _unpriced[unpriced] = _unpriced.TryGetValue(unpriced, out var known)
            ? new UnpricedCalls(
                known.Calls + 1,
                day < known.First ? day : known.First,
                day > known.Last ? day : known.Last
            )
            : new UnpricedCalls(1, day, day);
    }

    /// <summary>Adds a correction, which changes the actual cost and does not count as a call.</summary>
    internal void Correct(UsageRecord correction)
    {
        var row = GetOrAddRow(correction);
        row.Cost += correction.Cost ?? Money.Zero;
        if (correction is { Cost: not null, Corrects: { } corrected } && _withoutCost.Remove(corrected))
            row.RecordedWithoutCost--;
    }

    private WhatIfRow GetOrAddRow(UsageRecord record)
    {
        var key = (record.Attribution.Project ?? "", record.Attribution.User ?? "");
        if (!_rows.TryGetValue(key, out var row))
            _rows[key] = row = new WhatIfRow(key.Item1, key.Item2);
        return row;
    }
}

/// <summary>Calls without a hypothetical cost for the same reason.</summary>
/// <param name="Calls">The number of calls.</param>
/// <param name="First">The first day affected.</param>
/// <param name="Last">The last day.</param>
public readonly record struct UnpricedCalls(long Calls, DateOnly First, DateOnly Last)
{
    /// <summary>The days as text.</summary>
    public string DescribeDays =>
        First == Last
            ? string.Create(CultureInfo.InvariantCulture, $"on {First:yyyy-MM-dd}")
            : string.Create(CultureInfo.InvariantCulture, $"from {First:yyyy-MM-dd} to {Last:yyyy-MM-dd}");
}

/// <summary>The totals of a project and user.</summary>
public sealed class WhatIfRow(string project, string user)
{
    /// <summary>The project; empty if none.</summary>
    public string Project { get; } = project;

    /// <summary>The user; empty if none.</summary>
    public string User { get; } = user;

    /// <summary>The number of calls.</summary>
    public long Calls { get; internal set; }

    /// <summary>Their input and output tokens.</summary>
    public long Tokens { get; internal set; }

    /// <summary>The recorded cost, including corrections.</summary>
    public Money Cost { get; internal set; }

    /// <summary>The hypothetical cost of the calls with a price.</summary>
    public Money HypotheticalCost { get; internal set; }

    /// <summary>Calls without a hypothetical price.</summary>
    public long Unpriced { get; internal set; }

    /// <summary>Calls recorded without a cost.</summary>
    public long RecordedWithoutCost { get; internal set; }

    /// <summary>
    /// The hypothetical minus the actual cost; null if calls lack either, since the sums would cover different calls.
    /// </summary>
    public decimal? Difference => Unpriced == 0 && RecordedWithoutCost == 0 ? (HypotheticalCost - Cost).Usd : null;

    internal void Add(WhatIfRow other)
    {
        RecordedWithoutCost += other.RecordedWithoutCost;
        Calls += other.Calls;
        Tokens += other.Tokens;
        Cost += other.Cost;
        HypotheticalCost += other.HypotheticalCost;
        Unpriced += other.Unpriced;
    }
}

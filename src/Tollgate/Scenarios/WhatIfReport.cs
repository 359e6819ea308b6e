using System.Globalization;
using Tollgate.Metering.Usage;

namespace Tollgate.Scenarios;

/// <summary>What a period cost and what it would have, by project and user.</summary>
internal sealed class WhatIfReport
{
    private readonly SortedDictionary<(string Project, string User), WhatIfRow> _rows = [];
    private readonly SortedDictionary<string, UnpricedCalls> _unpriced = new(StringComparer.Ordinal);
    private readonly HashSet<CallId> _withoutCost = [];

    /// <summary>One row for each project and user.</summary>
    public IReadOnlyCollection<WhatIfRow> Rows => _rows.Values;

    /// <summary>Why calls have no imagined cost, how many, and on which days.</summary>
    public IReadOnlyDictionary<string, UnpricedCalls> Unpriced => _unpriced;

    /// <summary>Calls that are booked without a cost, and were not priced later.</summary>
    public int BookedWithoutCost => _withoutCost.Count;

    public WhatIfRow Total()
    {
        var total = new WhatIfRow("", "");
        foreach (var row in Rows)
            total.Add(row);
        return total;
    }

    /// <summary>A call, with its imagined cost, or why there is none on the day of its prices.</summary>
    public void Add(UsageRecord record, Money? imagined, string? unpriced, DateOnly day = default)
    {
        var row = RowOf(record);
        row.Calls++;
        row.Tokens += record.Usage.TotalTokens;
        row.Cost += record.Cost ?? Money.Zero;
        if (record.Cost is null && _withoutCost.Add(record.Id))
            row.BookedWithoutCost++;
        if (imagined is { } cost)
            row.Imagined += cost;
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

    /// <summary>A correction: it changes what was paid, and is no call.</summary>
    public void Correct(UsageRecord correction)
    {
        var row = RowOf(correction);
        row.Cost += correction.Cost ?? Money.Zero;
        if (correction is { Cost: not null, Corrects: { } corrected } && _withoutCost.Remove(corrected))
            row.BookedWithoutCost--;
    }

    private WhatIfRow RowOf(UsageRecord record)
    {
        var key = (record.Attribution.Project ?? "", record.Attribution.User ?? "");
        if (!_rows.TryGetValue(key, out var row))
            _rows[key] = row = new WhatIfRow(key.Item1, key.Item2);
        return row;
    }
}

/// <summary>Calls that have no imagined cost for one reason.</summary>
/// <param name="Calls">How many.</param>
/// <param name="First">The first day that this concerns.</param>
/// <param name="Last">The last day.</param>
internal readonly record struct UnpricedCalls(long Calls, DateOnly First, DateOnly Last)
{
    /// <summary>The days in words.</summary>
    public string When =>
        First == Last
            ? string.Create(CultureInfo.InvariantCulture, $"on {First:yyyy-MM-dd}")
            : string.Create(CultureInfo.InvariantCulture, $"from {First:yyyy-MM-dd} to {Last:yyyy-MM-dd}");
}

/// <summary>Sums of a project and user.</summary>
internal sealed class WhatIfRow(string project, string user)
{
    public string Project { get; } = project;

    public string User { get; } = user;

    public long Calls { get; set; }

    public long Tokens { get; set; }

    /// <summary>What is booked, corrections included.</summary>
    public Money Cost { get; set; }

    /// <summary>What it would have been, of the calls that have a price.</summary>
    public Money Imagined { get; set; }

    /// <summary>Calls without an imagined price.</summary>
    public long Unpriced { get; set; }

    /// <summary>Calls that are booked without a cost.</summary>
    public long BookedWithoutCost { get; set; }

    /// <summary>
    /// What it would have cost less what it did; null where calls lack either, since both sums are then of other calls.
    /// </summary>
    public decimal? Difference => Unpriced == 0 && BookedWithoutCost == 0 ? (Imagined - Cost).Usd : null;

    public void Add(WhatIfRow other)
    {
        BookedWithoutCost += other.BookedWithoutCost;
        Calls += other.Calls;
        Tokens += other.Tokens;
        Cost += other.Cost;
        Imagined += other.Imagined;
        Unpriced += other.Unpriced;
    }
}

namespace Tollgate.Accounting.Usage;

/// <summary>Selects what is summed and how it is grouped.</summary>
public sealed record UsageSumQuery
{
    /// <summary>The period in which the records started. It need not begin or end on a slot.</summary>
    public UsagePeriod Period { get; init; } = UsagePeriod.All;

    /// <summary>The conditions, all of which must hold.</summary>
    public IReadOnlyList<UsageFilter> Where { get; init; } = [];

    /// <summary>The dimensions to group by; empty for a single sum.</summary>
    public IReadOnlyList<UsageDimension> By { get; init; } = [];

    /// <summary>
    /// True if to group by slots of 15 minutes as well; time series in any time zone are made of slots.
    /// </summary>
    public bool BySlot { get; init; }

    /// <summary>
    /// The edges of the buckets of time to group by as well, in ascending order; empty for none. They need not be on
    /// slots. The first and the last one are the period, and <see cref="Period"/> and <see cref="BySlot"/> are ignored.
    /// </summary>
    public IReadOnlyList<DateTimeOffset> Edges { get; init; } = [];

    /// <summary>The sums that are needed.</summary>
    public UsageSumContent Content { get; init; }

    /// <summary>
    /// The maximum number of groups, in no particular order; null for all. As many as this mean that there may be more.
    /// </summary>
    public int? Limit { get; init; }

    /// <summary>True if rollups can serve the query; otherwise the records must be read.</summary>
    public bool IsRolledUp => By.All(UsageDimensions.IsRolledUp) && Where.All(static condition => condition.IsRolledUp);

    /// <summary>True if a condition matches no record at all, so that nothing needs to be read.</summary>
    public bool IsNever => Where.Any(static condition => condition.IsNever);

    /// <summary>True if results are by dimension or by time, so that there may be none.</summary>
    internal bool IsGrouped => By.Count > 0 || BySlot || Edges.Count > 0;

    /// <summary>Finds the group in time of a record.</summary>
    /// <param name="startedAt">The start of the record.</param>
    /// <param name="group">The start of its slot or bucket; null if results are not by time.</param>
    /// <returns>False if the record is outside the period.</returns>
    public bool TryLocate(DateTimeOffset startedAt, out DateTimeOffset? group)
    {
        if (Edges.Count > 0)
            return (group = FindEdge(startedAt)) is not null;
        group = BySlot ? UsageSlot.Floor(startedAt) : null;
        return Period.Contains(startedAt);
    }

    /// <summary>
    /// Finds the group in time of a rollup, which counts where its whole slot of 15 minutes is in the period, or in one
    /// bucket.
    /// </summary>
    /// <param name="slot">The start of the slot.</param>
    /// <param name="group">The start of its slot or bucket; null if results are not by time.</param>
    /// <returns>False if the slot does not count.</returns>
    public bool TryLocateSlot(DateTimeOffset slot, out DateTimeOffset? group)
    {
        var last = slot + (UsageSlot.Length - TimeSpan.FromMicroseconds(1));
        if (Edges.Count > 0)
            return (group = FindEdge(slot)) is not null && group == FindEdge(last);
        group = BySlot ? slot : null;
        return Period.Contains(slot) && Period.Contains(last);
    }

    /// <summary>Leaves out the sums that are not needed.</summary>
    public UsageTotals Trim(UsageTotals totals) =>
        Content == UsageSumContent.All ? totals : totals with { Duration = TimeSpan.Zero, Usage = default };

    private DateTimeOffset? FindEdge(DateTimeOffset time)
    {
        if (time < Edges[0] || time >= Edges[^1])
            return null;
        var (low, high) = (0, Edges.Count - 1);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (Edges[middle] <= time)
                low = middle;
            else
                high = middle;
        }

        return Edges[low];
    }
}

/// <summary>One group of a <see cref="UsageSumQuery"/>.</summary>
/// <param name="Slot">The start of its slot or bucket; null if the query is not by time.</param>
/// <param name="Names">The values of the dimensions, in the query's order; null means none.</param>
/// <param name="Totals">The sums.</param>
public sealed record UsageSum(DateTimeOffset? Slot, IReadOnlyList<string?> Names, UsageTotals Totals);

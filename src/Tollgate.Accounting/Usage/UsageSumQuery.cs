namespace Tollgate.Accounting.Usage;

/// <summary>Selects what is summed and how it is grouped.</summary>
public sealed record UsageSumQuery
{
    /// <summary>The period in which the records started. It need not begin or end on a slot.</summary>
    public UsagePeriod Period { get; init; } = UsagePeriod.All;

    /// <summary>The conditions, all of which must hold.</summary>
    public IReadOnlyList<DimensionValue> Where { get; init; } = [];

    /// <summary>The dimensions to group by; empty for a single sum.</summary>
    public IReadOnlyList<UsageDimension> By { get; init; } = [];

    /// <summary>
    /// True if to group by slots of 15 minutes as well; time series in any time zone are made of slots.
    /// </summary>
    public bool BySlot { get; init; }

    /// <summary>True if rollups can serve the query; otherwise the records must be read.</summary>
    public bool IsRolledUp =>
        By.All(UsageDimensions.IsRolledUp)
        && Where.All(static condition => UsageDimensions.IsRolledUp(condition.Dimension));
}

/// <summary>One group of a <see cref="UsageSumQuery"/>.</summary>
/// <param name="Slot">The start of its slot of 15 minutes; null if the query is not by slot.</param>
/// <param name="Names">The values of the dimensions, in the query's order; null means none.</param>
/// <param name="Totals">The sums.</param>
public sealed record UsageSum(DateTimeOffset? Slot, IReadOnlyList<string?> Names, UsageTotals Totals);

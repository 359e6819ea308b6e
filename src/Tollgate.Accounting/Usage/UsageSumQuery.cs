namespace Tollgate.Accounting.Usage;

/// <summary>What is summed, and by what.</summary>
public sealed record UsageSumQuery
{
    /// <summary>When the records started. It need not begin or end on a slot.</summary>
    public UsagePeriod Period { get; init; } = UsagePeriod.All;

    /// <summary>What the records have in common; all conditions hold.</summary>
    public IReadOnlyList<DimensionValue> Where { get; init; } = [];

    /// <summary>Each combination of values is a group of its own; none for one sum of all.</summary>
    public IReadOnlyList<UsageDimension> By { get; init; } = [];

    /// <summary>
    /// Whether each slot of 15 minutes is a group of its own; time series in any time zone are made of slots.
    /// </summary>
    public bool BySlot { get; init; }

    /// <summary>Whether kept sums answer it: otherwise the records have to be read.</summary>
    public bool IsRolledUp =>
        By.All(UsageDimensions.IsRolledUp)
        && Where.All(static condition => UsageDimensions.IsRolledUp(condition.Dimension));
}

/// <summary>One group of a <see cref="UsageSumQuery"/>.</summary>
/// <param name="Slot">The start of its slot of 15 minutes; null where the query is not by slot.</param>
/// <param name="Names">Its value of each dimension, in the query's order; null is none.</param>
/// <param name="Totals">The sums.</param>
public sealed record UsageSum(DateTimeOffset? Slot, IReadOnlyList<string?> Names, UsageTotals Totals);

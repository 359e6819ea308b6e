using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Usage;

/// <summary>Selects and orders records.</summary>
public sealed record UsageSelection
{
    /// <summary>The period in which they started.</summary>
    public UsagePeriod Period { get; init; } = UsagePeriod.All;

    /// <summary>The conditions, all of which must hold.</summary>
    public IReadOnlyList<UsageFilter> Where { get; init; } = [];

    /// <summary>The property to sort by, before the start and the identity.</summary>
    public UsageSort Sort { get; init; }

    /// <summary>The direction of the order.</summary>
    public UsageOrder Order { get; init; }

    /// <summary>Continues after this position, in the given order: that of the previous page's last record.</summary>
    public UsagePosition? After { get; init; }

    /// <summary>The maximum number of records; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>True if a condition matches no record at all, so that nothing needs to be read.</summary>
    public bool IsNever => Where.Any(static filter => filter.IsNever);

    /// <summary>Returns the position of a record in this order, from which a next page continues.</summary>
    public UsagePosition PositionOf(UsageRecord record) => UsagePosition.FromRecord(record, Sort);

    /// <summary>Selects and orders records in memory, for a store that holds them there.</summary>
    public IEnumerable<UsageRecord> Select(IEnumerable<UsageRecord> records)
    {
        var sign = Order == UsageOrder.OldestFirst ? 1 : -1;
        return records
            .Where(record => Period.Contains(record.StartedAt) && record.Matches(Where))
            .Where(record => After is not { } after || PositionOf(record).CompareTo(after) * sign > 0)
            .Order(Comparer<UsageRecord>.Create((left, right) => sign * PositionOf(left).CompareTo(PositionOf(right))))
            .Take(Limit ?? int.MaxValue);
    }
}

using Tollgate.Accounting.Time;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Usage;

/// <summary>The contribution of one record or one rollup to one group.</summary>
internal sealed record RollupRow(DateTimeOffset? Slot, string?[] Names, UsageTotals Totals)
{
    /// <summary>Returns the contributions of the records that a query selects.</summary>
    public static IEnumerable<RollupRow> FromRecords(IEnumerable<UsageRecord> records, UsageSumQuery query)
    {
        foreach (var record in records)
            if (query.TryLocate(record.StartedAt, out var slot) && record.Matches(query.Where))
                yield return FromRecord(record, slot, query);
    }

    /// <summary>Returns the contributions of the rollups that a query selects, which must be served by them.</summary>
    public static IEnumerable<RollupRow> FromRollups(
        IEnumerable<KeyValuePair<RollupKey, RollupSums>> rollups,
        UsageSumQuery query
    )
    {
        foreach (var (key, sums) in rollups)
            if (
                query.TryLocateSlot(StoredTime.ToTime(key.Slot), out var slot)
                && query.Where.All(condition => condition.Matches(dimension => key.GetName(dimension)))
            )
                yield return new(
                    slot,
                    [.. query.By.Select(dimension => key.GetName(dimension))],
                    query.Trim(sums.ToTotals())
                );
    }

    /// <summary>Sums up each group. A query without dimensions has one group, even without records.</summary>
    public static IReadOnlyList<UsageSum> Aggregate(IEnumerable<RollupRow> parts, UsageSumQuery query)
    {
        var sums = parts
            .GroupBy(part => (part.Slot, Names: new NameList(part.Names)))
            .Select(group => new UsageSum(
                group.Key.Slot,
                group.Key.Names.Values,
                group.Aggregate(new UsageTotals(), (sum, part) => sum + part.Totals)
            ))
            .Take(query.Limit ?? int.MaxValue)
            .ToList();
        return sums.Count > 0 || query.IsGrouped ? sums : [new UsageSum(null, [], new UsageTotals())];
    }

    private static RollupRow FromRecord(UsageRecord record, DateTimeOffset? slot, UsageSumQuery query)
    {
        var sums = default(RollupSums);
        sums.Add(record, record.Duration.ToMicros());
        return new(slot, [.. query.By.Select(record.GetValue)], query.Trim(sums.ToTotals()));
    }

    /// <summary>Names with value equality.</summary>
    private readonly struct NameList(string?[] values) : IEquatable<NameList>
    {
        public string?[] Values => values;

        public bool Equals(NameList other) => values.AsSpan().SequenceEqual(other.Values);

        public override bool Equals(object? obj) => obj is NameList other && Equals(other);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            foreach (var value in values)
                hash.Add(value);
            return hash.ToHashCode();
        }
    }
}

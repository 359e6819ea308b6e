using Tollgate.Accounting.Time;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Usage;

/// <summary>The contribution of one record or one rollup to one group.</summary>
internal sealed record RollupRow(DateTimeOffset? Slot, string?[] Names, UsageTotals Totals)
{
    public static RollupRow FromRecord(UsageRecord record, UsageSumQuery query)
    {
        var sums = default(RollupSums);
        sums.Add(record, record.Duration.ToMicros());
        return new(
            query.BySlot ? UsageSlot.Floor(record.StartedAt) : null,
            [.. query.By.Select(record.GetValue)],
            sums.ToTotals()
        );
    }

    public static RollupRow FromRollup(RollupKey key, RollupSums sums, UsageSumQuery query) =>
        new(query.BySlot ? StoredTime.ToTime(key.Slot) : null, [.. query.By.Select(key.GetName)], sums.ToTotals());

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
            .ToList();
        return sums.Count > 0 || query.BySlot || query.By.Count > 0
            ? sums
            : [new UsageSum(null, [], new UsageTotals())];
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

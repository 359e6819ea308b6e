using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace CustomStore;

/// <summary>Answers to sum queries, by adding up all records and the sums of those that were purged.</summary>
internal static class Sums
{
    /// <summary>The sums that outlive a purge: by slot and by all dimensions that the ledger promises.</summary>
    public static readonly UsageSumQuery Kept = new() { By = UsageDimensions.RolledUp, BySlot = true };

    public static IReadOnlyList<UsageSum> Answer(
        IEnumerable<UsageRecord> records,
        IEnumerable<UsageSum> purged,
        UsageSumQuery query
    )
    {
        var parts = new List<UsageSum>();
        foreach (var record in records.Where(record => record.Matches(query.Where)))
            if (query.TryLocate(record.StartedAt, out var group))
                parts.Add(new(group, [.. query.By.Select(record.GetValue)], UsageTotals.FromRecord(record)));
        // A question about what was not kept is answered from the records alone.
        foreach (var sum in query.IsRolledUp ? purged : [])
            if (
                query.TryLocateSlot(sum.Slot!.Value, out var group)
                && query.Where.All(condition => condition.Matches(dimension => NameOf(sum, dimension)))
            )
                parts.Add(new(group, [.. query.By.Select(dimension => NameOf(sum, dimension))], sum.Totals));

        // Names may hold any character but this one, which no store keeps; null and '' differ.
        var sums = parts
            .GroupBy(part => (part.Slot, string.Join('\0', part.Names.Select(name => name is null ? "-" : "+" + name))))
            .Select(group =>
                group.First() with
                {
                    Totals = query.Trim(group.Aggregate(new UsageTotals(), (sum, part) => sum + part.Totals)),
                }
            )
            .Take(query.Limit ?? int.MaxValue)
            .ToList();
        return sums.Count > 0 || query.BySlot || query.Edges.Count > 0 || query.By.Count > 0
            ? sums
            : [new UsageSum(null, [], new UsageTotals())];
    }

    private static string? NameOf(UsageSum kept, UsageDimension dimension) =>
        kept.Names[Kept.By.Index().First(by => by.Item == dimension).Index];
}

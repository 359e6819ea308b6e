using Tollgate.Accounting.Time;
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
        var parts = records
            .Where(record => Holds(query.Period, record.StartedAt) && record.Matches(query.Where))
            .Select(record => new UsageSum(
                query.BySlot ? UsageSlot.Floor(record.StartedAt) : null,
                [.. query.By.Select(record.GetValue)],
                UsageTotals.FromRecord(record)
            ));
        // A question about what was not kept is answered from the records alone.
        if (query.IsRolledUp)
            parts = parts.Concat(
                purged
                    .Where(sum => IsWithin(sum, query))
                    .Select(sum => new UsageSum(
                        query.BySlot ? sum.Slot : null,
                        [.. query.By.Select(dimension => NameOf(sum, dimension))],
                        sum.Totals
                    ))
            );

        // Names may hold any character but this one, which no store keeps; null and '' differ.
        var sums = parts
            .GroupBy(part => (part.Slot, string.Join('\0', part.Names.Select(name => name is null ? "-" : "+" + name))))
            .Select(group =>
                group.First() with
                {
                    Totals = group.Aggregate(new UsageTotals(), (sum, part) => sum + part.Totals),
                }
            )
            .ToList();
        return sums.Count > 0 || query.BySlot || query.By.Count > 0
            ? sums
            : [new UsageSum(null, [], new UsageTotals())];
    }

    public static bool Holds(UsagePeriod period, DateTimeOffset time) => !(time < period.From) && !(time >= period.To);

    /// <summary>
    /// Kept sums know no more of time than their slot: one counts where all of it lies within the period.
    /// </summary>
    private static bool IsWithin(UsageSum sum, UsageSumQuery query)
    {
        var period = UsageSlot.Split(query.Period);
        var slot = sum.Slot!.Value.ToMicros();
        return slot >= period.FirstSlot
            && slot < period.EndSlot
            && query.Where.All(condition => NameOf(sum, condition.Dimension) == condition.Value);
    }

    private static string? NameOf(UsageSum kept, UsageDimension dimension) =>
        kept.Names[Kept.By.Index().First(by => by.Item == dimension).Index];
}

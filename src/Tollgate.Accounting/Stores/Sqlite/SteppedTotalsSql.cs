using Tollgate.Accounting.Stores.Sql;
using Tollgate.Accounting.Usage;

namespace Tollgate.Accounting.Stores.Sqlite;

/// <summary>The selects of sums by buckets of time, which need neither be of equal length nor lie on slots.</summary>
internal static class SteppedTotalsSql
{
    public static IEnumerable<string> Parts(UsageSumQuery query, TotalsSource source)
    {
        var ranges = StepRanges.FromEdges(query.Edges);
        (List<StepRange> Ranges, Func<TotalsSource, string> Select)[] parts =
            !query.IsRolledUp ? [(ranges.Buckets, Records)]
            : source.HasNoNames
                ?
                [
                    (ranges.AllSlots, static part => part.Rollup("usage_slots", "slot >= low AND slot < high")),
                    (ranges.AllSlots, Unfolded),
                    (ranges.Rest, Records),
                ]
            :
            [
                (ranges.Days, static part => part.Rollup("usage_days", "slot >= low AND slot < high")),
                (ranges.Days, Unfolded),
                (ranges.Slots, static part => part.Rollup("usage_rollup", "slot >= low AND slot < high")),
                (ranges.Rest, Records),
            ];
        var found = parts
            .Where(static part => part.Ranges.Count > 0)
            .Select(part => part.Select(source.Within(GetTable(part.Ranges))))
            .ToList();
        return found.Count > 0 ? found : [Records(source.Within(GetTable([default])))];
    }

    private static string Records(TotalsSource source) =>
        source.Records($"{StartTimeSql.From("low")} AND {StartTimeSql.Before("high")}");

    private static string Unfolded(TotalsSource source) =>
        source.Rollup("usage_rollup", $"slot >= max(low, {TotalsSql.RollupWatermark}) AND slot < high");

    /// <summary>A cross join keeps the order of the tables: each range seeks in the index of the other one.</summary>
    private static string GetTable(IEnumerable<StepRange> ranges) =>
        "(SELECT column1 AS step, column2 AS low, column3 AS high FROM (VALUES "
        + SqliteUsageColumns.Join(ranges.Select(static range => $"({range.Step}, {range.From}, {range.To})"))
        + ")) CROSS JOIN ";
}

using Tollgate.Accounting.Stores.Sql;
using Tollgate.Accounting.Usage;

namespace Tollgate.Accounting.Stores.Sqlite;

/// <summary>
/// The selects of sums by buckets of time, which need neither be of equal length nor lie on slots, or of one period.
/// </summary>
internal static class SteppedTotalsSql
{
    /// <summary>The maximum number of rollups that are looked up one by one.</summary>
    private const int MaxPoints = 20_000;

    /// <summary>Returns the selects, and true if some of them are subtracted.</summary>
    public static (IReadOnlyList<string> Parts, bool HasDifferences) Build(UsageSumQuery query, TotalsSource source)
    {
        if (!query.IsRolledUp)
            return (FindParts(query, source, [Records(StepRanges.Create(query, []).Buckets)]), false);
        var hasBlocks = RollupBlocks.TryFind(query, out var dimension);
        var ranges = StepRanges.Create(query, hasBlocks ? RollupBlocks.GetHours(dimension) : [24]);
        return (
            FindParts(query, source, hasBlocks ? FromBlocks(dimension, ranges) : FromDays(ranges)),
            ranges.HasDifferences
        );
    }

    private static IReadOnlyList<string> FindParts(UsageSumQuery query, TotalsSource source, IEnumerable<Part> parts)
    {
        var found = parts.Where(static part => part.Ranges.Count > 0).ToList();
        if (found.Count == 0)
            found.Add(Records([default]));
        return [.. found.Select(part => BuildPart(query, source, part))];
    }

    private static IEnumerable<Part> FromBlocks(UsageDimension? dimension, StepRanges ranges) =>
        [
            new(
                new("usage_blocks", $"dimension = {RollupBlocks.GetNumber(dimension)} AND hours = length AND ", true),
                ranges.Blocks
            )
            {
                Named = dimension,
            },
            dimension is null ? new(new("usage_slots"), ranges.Slots) : FoldedSlots(ranges),
            Unfolded(ranges),
            Records(ranges.Rest),
        ];

    private static IEnumerable<Part> FromDays(StepRanges ranges) =>
        [
            new(new("usage_days"), ranges.Blocks) { Named = UsageDimension.Key },
            FoldedSlots(ranges),
            Unfolded(ranges),
            Records(ranges.Rest),
        ];

    /// <summary>Like the longer rollups, which they complement, without the slots that are not folded yet.</summary>
    private static Part FoldedSlots(StepRanges ranges) =>
        new(new("usage_rollup") { To = $"min(high, {TotalsSql.RollupWatermark})" }, ranges.Slots)
        {
            Named = UsageDimension.Key,
        };

    private static Part Unfolded(StepRanges ranges) =>
        new(new("usage_rollup") { From = $"max(low, {TotalsSql.RollupWatermark})" }, ranges.AllSlots);

    private static Part Records(List<StepRange> ranges) => new(null, ranges);

    private static string BuildPart(UsageSumQuery query, TotalsSource source, Part part)
    {
        if (part.Table is not { } table)
            return source
                .Within(GetTable(part.Ranges))
                .Records($"{StartTimeSql.From("low")} AND {StartTimeSql.Before("high")}");
        // A table begins with its time, followed by the names that Named is one of: a lookup of both reads one row.
        var points = IsOfFew(query, part.Named) ? GetPoints(part.Ranges) : null;
        var when = points is null ? $"slot >= {table.From} AND slot < {table.To}" : $"slot = low AND slot < {table.To}";
        return source
            .Within(GetTable(points ?? part.Ranges))
            .Rollup(table.Name, table.Conditions + when, table.IsBlocks);
    }

    /// <summary>True if a query filters on a few values of a dimension.</summary>
    private static bool IsOfFew(UsageSumQuery query, UsageDimension? dimension) =>
        query
            .Where.OfType<DimensionFilter>()
            .Any(filter => filter.Dimension == dimension && filter.Operator == DimensionOperator.In);

    /// <summary>Returns the single rollups of ranges; null if there are too many.</summary>
    private static List<StepRange>? GetPoints(IReadOnlyList<StepRange> ranges)
    {
        var points = new List<StepRange>();
        foreach (var range in ranges)
        {
            var length = range.Hours == 0 ? RollupKey.SlotMicros : range.Hours * RollupKey.HourMicros;
            if ((ulong)(range.To - range.From) / (ulong)length > (ulong)(MaxPoints - points.Count))
                return null;
            for (var time = range.From; time < range.To; time += length)
                points.Add(range with { From = time, To = time + length });
        }

        return points;
    }

    /// <summary>A cross join keeps the order of the tables: each range seeks in the index of the other one.</summary>
    private static string GetTable(IEnumerable<StepRange> ranges) =>
        "(SELECT column1 AS step, column2 AS sign, column3 AS length, column4 AS low, column5 AS high FROM (VALUES "
        + SqliteUsageColumns.Join(
            ranges.Select(static range => $"({range.Step}, {range.Sign}, {range.Hours}, {range.From}, {range.To})")
        )
        + ")) CROSS JOIN ";

    /// <summary>A rollup.</summary>
    /// <param name="Name">The table.</param>
    /// <param name="Conditions">More conditions than those on the slot, each followed by AND.</param>
    /// <param name="IsBlocks">True if it has the values of one dimension in one column.</param>
    private sealed record Table(string Name, string Conditions = "", bool IsBlocks = false)
    {
        /// <summary>The lower bound. SQLite seeks by one bound at either end, so each is one expression.</summary>
        public string From { get; init; } = "low";

        /// <summary>The upper bound.</summary>
        public string To { get; init; } = "high";
    }

    /// <summary>A table to read, or the records, and the ranges to read of it.</summary>
    private sealed record Part(Table? Table, List<StepRange> Ranges)
    {
        /// <summary>The dimension that follows the time in the key of the table.</summary>
        public UsageDimension? Named { get; init; }
    }
}

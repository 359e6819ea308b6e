using Tollgate.Accounting.Usage;

namespace Tollgate.Accounting.Stores.Sql;

/// <summary>
/// Builds one statement, hence one snapshot, that sums any period exactly: whole days and slots from the rollups, and
/// the rest at either end from the records. Without a matching rollup, everything is read from the records.
/// </summary>
internal sealed class SumSqlBuilder(UsageSumQuery query, SqlDialect dialect, SqlParameters parameters)
{
    private readonly UsageColumnSql _columns = dialect.Columns;
    private readonly ServerFilterTerms _terms = new(dialect, parameters);

    // Built once: all parts of the statement share their parameters.
    private string ForRecords => field ??= FilterSqlBuilder.BuildForRecords(query.Where, _terms);

    private string ForRollups => field ??= FilterSqlBuilder.BuildForRollups(query.Where, _terms);

    private string ForBlocks => field ??= FilterSqlBuilder.BuildForRollups(query.Where, new BlockFilterTerms(_terms));

    public string Build()
    {
        var ranges = FindRanges(out var parts);
        var having = ranges.HasDifferences && Groups.Any() ? $" HAVING {IsUsed}" : "";
        return $"SELECT {UsageColumnSql.Join([.. Groups, .. _columns.Sums.Select(BuildSum)])}\nFROM "
            + $"(\n{string.Join("\nUNION ALL\n", parts.Select(BuildPart))}\n) AS parts{GroupBy}{having}{(
                query.Limit is { } limit ? $" LIMIT {parameters.Number(limit)}" : ""
            )}";
    }

    /// <summary>The number of the sums that each part has; the others are 0.</summary>
    private int SumCount => query.Content == UsageSumContent.All ? _columns.Sums.Count : UsageColumnSql.CallsAndCost;

    /// <summary>A group that is only in a longer rollup and not in the difference has no usage.</summary>
    private string IsUsed => string.Join(" OR ", _columns.Sums.Take(SumCount).Select(static sum => $"sum({sum}) <> 0"));

    private string BuildSum(string sum, int index) =>
        index < SumCount ? _columns.SumExpression(sum) : dialect.CastToInteger("0");

    /// <summary>The columns to group by: the slot or the number of the bucket, then the names.</summary>
    private IEnumerable<string> Groups => [.. TimeGroup, .. query.By.Select((_, index) => $"name_{index}")];

    private string[] TimeGroup =>
        query.Edges.Count > 0 ? ["step"]
        : query.BySlot ? ["slot"]
        : [];

    private string GroupBy => Groups.Any() ? $" GROUP BY {UsageColumnSql.Join(Groups)}" : "";

    private Source Records =>
        new(dialect.RecordsSource, "started_at", UsageColumnSql.ColumnFor, _columns.SumsOfRecord)
        {
            Slot = _columns.SlotOfRecord,
            Conditions = ForRecords,
        };

    private Source Rollup =>
        new(
            "usage_rollup",
            "slot",
            static dimension => $"nullif({UsageColumnSql.ColumnFor(dimension)}, '')",
            [.. _columns.Sums.Select(static sum => $"sign * {sum}")]
        )
        {
            Conditions = ForRollups,
        };

    private Source Days => Rollup with { Table = "usage_days", Time = "day" };

    private Source Slots => Rollup with { Table = "usage_slots" };

    private bool HasNoNames => query.By.Count == 0 && query.Where.Count == 0;

    private StepRanges FindRanges(out IEnumerable<(Source Source, List<StepRange> Ranges)> parts)
    {
        var isBySlot = query.BySlot && query.Edges.Count == 0;
        var hasBlocks = RollupBlocks.TryFind(query, out var dimension) && dialect.BlocksFoldedUntil is not null;
        var ranges = StepRanges.Create(
            query,
            hasBlocks ? RollupBlocks.GetHours(dimension)
                : isBySlot || HasNoNames ? []
                : [24]
        );
        (Source Source, List<StepRange> Ranges)[] all =
            !query.IsRolledUp ? [(Records, ranges.Buckets)]
            : hasBlocks ? [.. BuildBlocks(dimension, ranges), (Records, ranges.Rest)]
            : HasNoNames ? [(Slots, ranges.AllSlots), (Records, ranges.Rest)]
            : [(Days, ranges.Blocks), (Rollup, ranges.Slots), (Records, ranges.Rest)];
        parts = all.Where(static part => part.Ranges.Count > 0).DefaultIfEmpty((Records, [default]));
        return ranges;
    }

    /// <summary>
    /// The blocks and the slots between them, both as far as they are folded, and the slots that are not folded yet.
    /// </summary>
    private (Source, List<StepRange>)[] BuildBlocks(UsageDimension? dimension, StepRanges ranges)
    {
        var slots = dimension is null ? Slots : Rollup;
        var folded = dialect.BlocksFoldedUntil;
        return
        [
            (
                Rollup with
                {
                    Table = "usage_blocks",
                    Name = static _ => $"nullif({BlockFilterTerms.Column}, '')",
                    Conditions = $" AND dimension = {RollupBlocks.GetNumber(dimension)} AND hours = length{ForBlocks}",
                },
                ranges.Blocks
            ),
            (slots with { Bounds = ("range_from", $"least(range_to, {folded})") }, ranges.Slots),
            (slots with { Bounds = ($"greatest(range_from, {folded})", "range_to") }, ranges.AllSlots),
        ];
    }

    private string BuildPart((Source Source, List<StepRange> Ranges) part)
    {
        var source = part.Source;
        string[] columns =
        [
            .. TimeGroup.Select(group => group == "slot" ? $"{source.Slot} AS slot" : group),
            .. query.By.Select((dimension, index) => $"{source.Name(dimension)} AS name_{index}"),
            .. _columns
                .Sums.Take(SumCount)
                .Zip(source.Sums, (sum, value) => $"{(dialect.SumsEachPart ? $"sum({value})" : value)} AS {sum}"),
        ];
        return $"SELECT {UsageColumnSql.Join(columns)} FROM "
            + dialect.BuildRanges(part.Ranges, source.Table, source.Time, source.Conditions, source.Bounds)
            + (dialect.SumsEachPart ? GroupBy : "");
    }

    /// <summary>A table with its expressions for the time, a name and the sums.</summary>
    private sealed record Source(
        string Table,
        string Time,
        Func<UsageDimension, string> Name,
        IReadOnlyList<string> Sums
    )
    {
        /// <summary>The expression for the slot.</summary>
        public string Slot { get; init; } = "slot";

        /// <summary>The conditions, each preceded by AND.</summary>
        public required string Conditions { get; init; }

        /// <summary>The bounds of the time; null for those of the range.</summary>
        public (string From, string To)? Bounds { get; init; }
    }
}

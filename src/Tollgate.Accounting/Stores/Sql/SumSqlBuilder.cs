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

    public string Build() =>
        $"SELECT {UsageColumnSql.Join([.. Groups, .. _columns.Sums.Select(BuildSum)])}\nFROM "
        + $"(\n{string.Join("\nUNION ALL\n", query.Edges.Count > 0 ? SteppedParts() : Parts())}\n) AS parts{GroupBy}{(
            query.Limit is { } limit ? $" LIMIT {parameters.Number(limit)}" : ""
        )}";

    /// <summary>The number of the sums that each part has; the others are 0.</summary>
    private int SumCount => query.Content == UsageSumContent.All ? _columns.Sums.Count : UsageColumnSql.CallsAndCost;

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
        new(
            dialect.RecordsSource,
            "started_at",
            _columns.SlotOfRecord,
            UsageColumnSql.ColumnFor,
            _columns.SumsOfRecord
        );

    private Source Rollup =>
        new(
            "usage_rollup",
            "slot",
            "slot",
            static dimension => $"nullif({UsageColumnSql.ColumnFor(dimension)}, '')",
            _columns.Sums
        );

    private Source Days => Rollup with { Table = "usage_days", Time = "day" };

    private Source Slots => Rollup with { Table = "usage_slots" };

    private bool HasNoNames => query.By.Count == 0 && query.Where.Count == 0;

    private IEnumerable<string> Parts()
    {
        var cut = UsageSlot.Split(query.Period);
        if (!query.IsRolledUp)
            return [BuildPart(Records, cut.HeadFrom, cut.TailTo)];
        return
        [
            .. RollupParts(cut),
            BuildPart(Records, cut.HeadFrom, cut.FirstSlot),
            BuildPart(Records, cut.EndSlot, cut.TailTo),
        ];
    }

    private IEnumerable<string> RollupParts(SlottedPeriod cut)
    {
        if (HasNoNames)
            return [BuildPart(Slots, cut.FirstSlot, cut.EndSlot)];
        if (query.BySlot || cut.FirstDay == cut.EndDay)
            return [BuildPart(Rollup, cut.FirstSlot, cut.EndSlot)];
        return
        [
            BuildPart(Rollup, cut.FirstSlot, cut.FirstDay),
            BuildPart(Days, cut.FirstDay, cut.EndDay),
            BuildPart(Rollup, cut.EndDay, cut.EndSlot),
        ];
    }

    private IEnumerable<string> SteppedParts()
    {
        var ranges = StepRanges.FromEdges(query.Edges);
        (Source Source, List<StepRange> Ranges)[] parts =
            !query.IsRolledUp ? [(Records, ranges.Buckets)]
            : HasNoNames ? [(Slots, ranges.AllSlots), (Records, ranges.Rest)]
            : [(Days, ranges.Days), (Rollup, ranges.Slots), (Records, ranges.Rest)];
        var found = parts
            .Where(static part => part.Ranges.Count > 0)
            .Select(part => BuildPart(part.Source, part.Ranges))
            .ToList();
        return found.Count > 0 ? found : [BuildPart(Records, [default])];
    }

    private string BuildPart(Source source, long from, long to) =>
        BuildPart(
            source,
            $"{source.Table} WHERE {source.Time} >= {parameters.Time(from)} AND "
                + $"{source.Time} < {parameters.Time(to)}{ConditionsOf(source)}"
        );

    private string BuildPart(Source source, List<StepRange> ranges) =>
        BuildPart(source, dialect.BuildRanges(ranges, source.Table, source.Time, ConditionsOf(source)));

    private string ConditionsOf(Source source) => source.Table == dialect.RecordsSource ? ForRecords : ForRollups;

    private string BuildPart(Source source, string from)
    {
        string[] columns =
        [
            .. TimeGroup.Select(group => group == "slot" ? $"{source.Slot} AS slot" : group),
            .. query.By.Select((dimension, index) => $"{source.Name(dimension)} AS name_{index}"),
            .. _columns
                .Sums.Take(SumCount)
                .Zip(source.Sums, (sum, value) => $"{(dialect.SumsEachPart ? $"sum({value})" : value)} AS {sum}"),
        ];
        return $"SELECT {UsageColumnSql.Join(columns)} FROM {from}{(dialect.SumsEachPart ? GroupBy : "")}";
    }

    /// <summary>A table with its expressions for the time, the slot, a name and the sums.</summary>
    private sealed record Source(
        string Table,
        string Time,
        string Slot,
        Func<UsageDimension, string> Name,
        IReadOnlyList<string> Sums
    );
}

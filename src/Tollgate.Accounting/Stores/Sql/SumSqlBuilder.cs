using Tollgate.Accounting.Usage;

namespace Tollgate.Accounting.Stores.Sql;

/// <summary>
/// Builds one statement, hence one snapshot, that sums any period exactly: whole days and slots from the rollups, and
/// the rest at either end from the records. Without a matching rollup, everything is read from the records.
/// </summary>
internal sealed class SumSqlBuilder(UsageSumQuery query, SqlDialect dialect, SqlParameters parameters)
{
    private readonly UsageColumnSql _columns = dialect.Columns;

    public string Build() =>
        $"SELECT {UsageColumnSql.Join([.. Groups, .. _columns.Sums.Select(_columns.SumExpression)])}\nFROM "
        + $"(\n{string.Join("\nUNION ALL\n", Parts())}\n) AS parts{GroupBy}";

    /// <summary>The columns to group by: the slot, then the names.</summary>
    private IEnumerable<string> Groups =>
        [.. query.BySlot ? ["slot"] : (string[])[], .. query.By.Select((_, index) => $"name_{index}")];

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

    private IEnumerable<string> Parts()
    {
        var cut = UsageSlot.Split(query.Period);
        if (!query.IsRolledUp)
            return [BuildRecordPart(cut.HeadFrom, cut.TailTo)];
        return
        [
            .. BuildRollupParts(cut),
            BuildRecordPart(cut.HeadFrom, cut.FirstSlot),
            BuildRecordPart(cut.EndSlot, cut.TailTo),
        ];
    }

    private IEnumerable<string> BuildRollupParts(SlottedPeriod cut)
    {
        if (query.By.Count == 0 && query.Where.Count == 0)
            return [BuildRollupParts(Slots, cut.FirstSlot, cut.EndSlot)];
        if (query.BySlot || cut.FirstDay == cut.EndDay)
            return [BuildRollupParts(Rollup, cut.FirstSlot, cut.EndSlot)];
        return
        [
            BuildRollupParts(Rollup, cut.FirstSlot, cut.FirstDay),
            BuildRollupParts(Days, cut.FirstDay, cut.EndDay),
            BuildRollupParts(Rollup, cut.EndDay, cut.EndSlot),
        ];
    }

    private string BuildRollupParts(Source source, long from, long to) =>
        BuildPart(
            source,
            from,
            to,
            query.Where.Select(condition =>
                $"{UsageColumnSql.ColumnFor(condition.Dimension)} = {parameters.Text(condition.Value ?? "")}"
            )
        );

    private string BuildRecordPart(long from, long to) =>
        BuildPart(Records, from, to, query.Where.Select(condition => UsageConditions.Build(condition, parameters)));

    private string BuildPart(Source source, long from, long to, IEnumerable<string> conditions)
    {
        string[] columns =
        [
            .. query.BySlot ? [$"{source.Slot} AS slot"] : (string[])[],
            .. query.By.Select((dimension, index) => $"{source.Name(dimension)} AS name_{index}"),
            .. _columns.Sums.Zip(
                source.Sums,
                (sum, value) => $"{(dialect.SumsEachPart ? $"sum({value})" : value)} AS {sum}"
            ),
        ];
        string[] where =
        [
            $"{source.Time} >= {parameters.Time(from)}",
            $"{source.Time} < {parameters.Time(to)}",
            .. conditions,
        ];
        return $"SELECT {UsageColumnSql.Join(columns)} FROM {source.Table} WHERE "
            + $"{string.Join(" AND ", where)}{(dialect.SumsEachPart ? GroupBy : "")}";
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

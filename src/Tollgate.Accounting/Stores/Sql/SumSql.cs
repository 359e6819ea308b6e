using Tollgate.Accounting.Usage;

namespace Tollgate.Accounting.Stores.Sql;

/// <summary>
/// Builds one statement, hence one snapshot, that sums any period exactly: whole days and slots from the rollups, and
/// the rest at either end from the records. Without a matching rollup, everything is read from the records.
/// </summary>
internal sealed class SumSql(UsageSumQuery query, SqlDialect dialect, SqlParameters parameters)
{
    private readonly UsageColumns _columns = dialect.Columns;

    public string Text() =>
        $"SELECT {UsageColumns.List([.. Groups, .. _columns.Sums.Select(_columns.SumOf)])}\nFROM "
        + $"(\n{string.Join("\nUNION ALL\n", Parts())}\n) AS parts{GroupBy}";

    /// <summary>The columns to group by: the slot, then the names.</summary>
    private IEnumerable<string> Groups =>
        [.. query.BySlot ? ["slot"] : (string[])[], .. query.By.Select((_, index) => $"name_{index}")];

    private string GroupBy => Groups.Any() ? $" GROUP BY {UsageColumns.List(Groups)}" : "";

    private Source Records =>
        new(dialect.Records, "started_at", _columns.SlotOfRecord, UsageColumns.Of, _columns.SumsOfRecord);

    private Source Rollup =>
        new(
            "usage_rollup",
            "slot",
            "slot",
            static dimension => $"nullif({UsageColumns.Of(dimension)}, '')",
            _columns.Sums
        );

    private Source Days => Rollup with { Table = "usage_days", Time = "day" };

    private Source Slots => Rollup with { Table = "usage_slots" };

    private IEnumerable<string> Parts()
    {
        var cut = UsageSlot.Cut(query.Period);
        if (!query.IsRolledUp)
            return [OfRecords(cut.HeadFrom, cut.TailTo)];
        return [.. Kept(cut), OfRecords(cut.HeadFrom, cut.FirstSlot), OfRecords(cut.EndSlot, cut.TailTo)];
    }

    private IEnumerable<string> Kept(SlottedPeriod cut)
    {
        if (query.By.Count == 0 && query.Where.Count == 0)
            return [Kept(Slots, cut.FirstSlot, cut.EndSlot)];
        if (query.BySlot || cut.FirstDay == cut.EndDay)
            return [Kept(Rollup, cut.FirstSlot, cut.EndSlot)];
        return
        [
            Kept(Rollup, cut.FirstSlot, cut.FirstDay),
            Kept(Days, cut.FirstDay, cut.EndDay),
            Kept(Rollup, cut.EndDay, cut.EndSlot),
        ];
    }

    private string Kept(Source source, long from, long to) =>
        Part(
            source,
            from,
            to,
            query.Where.Select(condition =>
                $"{UsageColumns.Of(condition.Dimension)} = {parameters.Text(condition.Value ?? "")}"
            )
        );

    private string OfRecords(long from, long to) =>
        Part(Records, from, to, query.Where.Select(condition => UsageConditions.Of(condition, parameters)));

    private string Part(Source source, long from, long to, IEnumerable<string> conditions)
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
        return $"SELECT {UsageColumns.List(columns)} FROM {source.Table} WHERE "
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

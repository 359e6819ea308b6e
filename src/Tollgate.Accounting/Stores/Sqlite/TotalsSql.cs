using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores.Sqlite;

/// <summary>
/// Builds one statement, hence one snapshot, that sums any period exactly: whole slots from the rollups, and the rest
/// at either end from the records; everything from the records if there is no such rollup.
/// </summary>
internal static class TotalsSql
{
    private static readonly string Errors = string.Join(
        ", ",
        Enum.GetValues<CallOutcome>().Where(UsageTotals.IsError).Select(outcome => (int)outcome)
    );

    private static readonly string Sums = SqliteUsageColumns.Join(SqliteUsageColumns.RollupSums);

    private static readonly string SumsOfRecord =
        $"corrects_call IS NULL AS calls, corrects_call IS NULL AND outcome IN ({Errors}) AS errors, "
        + $"corrects_call IS NULL AND usage_source = {(int)UsageSource.Estimated} AS estimated, "
        + $"CASE WHEN corrects_call IS NULL THEN cost IS NULL ELSE -(outcome = {(int)CallOutcome.Repriced}) END AS "
        + $"unpriced, ifnull(cost / {RollupSums.PicoPerMicro}, 0) AS cost_micro, "
        + $"ifnull(cost % {RollupSums.PicoPerMicro}, 0) AS cost_pico, duration, "
        + $"{SqliteUsageColumns.Join(SqliteUsageColumns.Kinds)}";

    /// <summary>The sums by day and over all names cover the time up to here.</summary>
    public const string RollupWatermark = "(SELECT value FROM ledger_state WHERE name = 'folded_until')";

    // Modulo takes the sign of the dividend, and times before 1970 are negative.
    private static readonly string SlotOfRecord =
        $"started_at - ((started_at % {RollupKey.SlotMicros}) + {RollupKey.SlotMicros}) % {RollupKey.SlotMicros}";

    /// <summary>The contribution of each record to each row of the sums by slot and names.</summary>
    public static readonly string RollupOfRecords =
        $"SELECT {SlotOfRecord} AS slot, "
        + SqliteUsageColumns.Join(
            SqliteUsageColumns.RollupKey.Skip(1).Select(static name => $"ifnull({name}, '') AS {name}")
        )
        + $", {SumsOfRecord} FROM usage";

    /// <summary>Returns the statement; its result has the slot (or null), the names, and the sums.</summary>
    public static string Build(UsageSumQuery query)
    {
        var groups = Enumerable.Range(0, query.By.Count).Select(static index => $"name{index}").ToList();
        if (query.BySlot)
            groups.Insert(0, "slot");
        return $"""
            SELECT slot, {string.Concat(
                Enumerable.Range(0, query.By.Count).Select(static index => $"name{index}, ")
            )}{SqliteUsageColumns.Join(SqliteUsageColumns.RollupSums.Select(sum => $"ifnull(sum({sum}), 0)"))}
            FROM ({string.Join("\nUNION ALL\n", Parts(query))})
            {(groups.Count == 0 ? "" : "GROUP BY " + SqliteUsageColumns.Join(groups))}
            """;
    }

    public static (string, object?)[] Parameters(UsageSumQuery query)
    {
        var cut = UsageSlot.Split(query.Period);
        return
        [
            ("$firstSlot", cut.FirstSlot),
            ("$endSlot", cut.EndSlot),
            ("$firstDay", cut.FirstDay),
            ("$endDay", cut.EndDay),
            ("$headFrom", cut.HeadFrom),
            ("$headTo", cut.FirstSlot),
            ("$tailFrom", cut.EndSlot),
            ("$tailTo", cut.TailTo),
            .. DimensionConditions.ToParameters(query.Where),
        ];
    }

    private static IEnumerable<string> Parts(UsageSumQuery query)
    {
        if (!query.IsRolledUp)
            return [RecordSelect(query, StartedBetween("$headFrom", "$tailTo"))];
        return
        [
            .. RollupSelect(query),
            RecordSelect(query, StartedBetween("$headFrom", "$headTo")),
            RecordSelect(query, StartedBetween("$tailFrom", "$tailTo")),
        ];
    }

    /// <summary>
    /// Whole days from the sums by day, and the slots outside them, including those not yet folded into a day; if
    /// results are by slot, slots only.
    /// </summary>
    private static IEnumerable<string> RollupSelect(UsageSumQuery query)
    {
        if (query.By.Count == 0 && query.Where.Count == 0)
        {
            return
            [
                RollupSelect(query, "usage_slots", "slot >= $firstSlot AND slot < $endSlot"),
                RollupSelect(query, "usage_rollup", $"slot >= max($firstSlot, {RollupWatermark}) AND slot < $endSlot"),
            ];
        }

        if (query.BySlot)
            return [RollupSelect(query, "usage_rollup", "slot >= $firstSlot AND slot < $endSlot")];
        return
        [
            RollupSelect(query, "usage_rollup", "slot >= $firstSlot AND slot < $firstDay"),
            RollupSelect(query, "usage_days", "slot >= $firstDay AND slot < $endDay"),
            RollupSelect(query, "usage_rollup", $"slot >= max($firstDay, {RollupWatermark}) AND slot < $endDay"),
            RollupSelect(query, "usage_rollup", "slot >= $endDay AND slot < $endSlot"),
        ];
    }

    private static string RollupSelect(UsageSumQuery query, string table, string when)
    {
        var names = string.Concat(
            query.By.Select(
                static (dimension, index) => $"nullif({SqliteUsageColumns.ColumnFor(dimension)}, '') AS name{index}, "
            )
        );
        var where = DimensionConditions.ToSql(query.Where, static column => $"nullif({column}, '')");
        return $"SELECT {(query.BySlot ? "slot" : "NULL AS slot")}, {names}{Sums} FROM {table} WHERE {when}{where}";
    }

    private static string StartedBetween(string from, string to) =>
        $"{StartTimeSql.From(from)} AND {StartTimeSql.Before(to)}";

    private static string RecordSelect(UsageSumQuery query, string when)
    {
        var names = string.Concat(
            query.By.Select(static (dimension, index) => $"{SqliteUsageColumns.ColumnFor(dimension)} AS name{index}, ")
        );
        return $"SELECT {(query.BySlot ? SlotOfRecord : "NULL")} AS slot, {names}{SumsOfRecord} FROM usage WHERE "
            + $"{when}{DimensionConditions.ToSql(query.Where)}";
    }
}

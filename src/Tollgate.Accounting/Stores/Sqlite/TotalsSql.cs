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

    private static readonly string Sums = UsageColumns.List(UsageColumns.RollupSums);

    private static readonly string SumsOfRecord =
        $"corrects_call IS NULL AS calls, corrects_call IS NULL AND outcome IN ({Errors}) AS errors, "
        + $"corrects_call IS NULL AND usage_source = {(int)UsageSource.Estimated} AS estimated, "
        + $"CASE WHEN corrects_call IS NULL THEN cost IS NULL ELSE -(outcome = {(int)CallOutcome.PricedLater}) END AS "
        + $"unpriced, ifnull(cost / {RollupSums.PicoPerMicro}, 0) AS cost_micro, "
        + $"ifnull(cost % {RollupSums.PicoPerMicro}, 0) AS cost_pico, duration, "
        + $"{UsageColumns.List(UsageColumns.Kinds)}";

    /// <summary>The sums by day and over all names cover the time up to here.</summary>
    public const string FoldedUntil = "(SELECT value FROM ledger_state WHERE name = 'folded_until')";

    // Modulo takes the sign of the dividend, and times before 1970 are negative.
    private static readonly string SlotOfRecord =
        $"started_at - ((started_at % {RollupKey.SlotMicros}) + {RollupKey.SlotMicros}) % {RollupKey.SlotMicros}";

    /// <summary>The contribution of each record to each row of the sums by slot and names.</summary>
    public static readonly string RollupOfRecords =
        $"SELECT {SlotOfRecord} AS slot, "
        + $"{UsageColumns.List(UsageColumns.RollupKey.Skip(1).Select(static name => $"ifnull({name}, '') AS {name}"))}, {SumsOfRecord} FROM usage";

    /// <summary>Returns the statement; its result has the slot (or null), the names, and the sums.</summary>
    public static string Of(UsageSumQuery query)
    {
        var groups = Enumerable.Range(0, query.By.Count).Select(static index => $"name{index}").ToList();
        if (query.BySlot)
            groups.Insert(0, "slot");
        return $"""
            SELECT slot, {string.Concat(
                Enumerable.Range(0, query.By.Count).Select(static index => $"name{index}, ")
            )}{UsageColumns.List(UsageColumns.RollupSums.Select(sum => $"ifnull(sum({sum}), 0)"))}
            FROM ({string.Join("\nUNION ALL\n", Parts(query))})
            {(groups.Count == 0 ? "" : "GROUP BY " + UsageColumns.List(groups))}
            """;
    }

    public static (string, object?)[] Parameters(UsageSumQuery query)
    {
        var cut = UsageSlot.Cut(query.Period);
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
            .. Conditions.Parameters(query.Where),
        ];
    }

    private static IEnumerable<string> Parts(UsageSumQuery query)
    {
        if (!query.IsRolledUp)
            return [OfRecords(query, StartedBetween("$headFrom", "$tailTo"))];
        return
        [
            .. OfSums(query),
            OfRecords(query, StartedBetween("$headFrom", "$headTo")),
            OfRecords(query, StartedBetween("$tailFrom", "$tailTo")),
        ];
    }

    /// <summary>
    /// Whole days from the sums by day, and the slots outside them, including those not yet folded into a day; if
    /// results are by slot, slots only.
    /// </summary>
    private static IEnumerable<string> OfSums(UsageSumQuery query)
    {
        if (query.By.Count == 0 && query.Where.Count == 0)
        {
            return
            [
                OfSums(query, "usage_slots", "slot >= $firstSlot AND slot < $endSlot"),
                OfSums(query, "usage_rollup", $"slot >= max($firstSlot, {FoldedUntil}) AND slot < $endSlot"),
            ];
        }

        if (query.BySlot)
            return [OfSums(query, "usage_rollup", "slot >= $firstSlot AND slot < $endSlot")];
        return
        [
            OfSums(query, "usage_rollup", "slot >= $firstSlot AND slot < $firstDay"),
            OfSums(query, "usage_days", "slot >= $firstDay AND slot < $endDay"),
            OfSums(query, "usage_rollup", $"slot >= max($firstDay, {FoldedUntil}) AND slot < $endDay"),
            OfSums(query, "usage_rollup", "slot >= $endDay AND slot < $endSlot"),
        ];
    }

    private static string OfSums(UsageSumQuery query, string table, string when)
    {
        var names = string.Concat(
            query.By.Select(static (dimension, index) => $"nullif({UsageColumns.Of(dimension)}, '') AS name{index}, ")
        );
        var where = Conditions.Sql(query.Where, static column => $"nullif({column}, '')");
        return $"SELECT {(query.BySlot ? "slot" : "NULL AS slot")}, {names}{Sums} FROM {table} WHERE {when}{where}";
    }

    private static string StartedBetween(string from, string to) => $"{StartSql.From(from)} AND {StartSql.Before(to)}";

    private static string OfRecords(UsageSumQuery query, string when)
    {
        var names = string.Concat(
            query.By.Select(static (dimension, index) => $"{UsageColumns.Of(dimension)} AS name{index}, ")
        );
        return $"SELECT {(query.BySlot ? SlotOfRecord : "NULL")} AS slot, {names}{SumsOfRecord} FROM usage WHERE "
            + $"{when}{Conditions.Sql(query.Where)}";
    }
}

using Tollgate.Accounting.Stores.Sql;
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

    /// <summary>The number of the first sum columns, without durations and consumption.</summary>
    private const int CallsAndCost = 6;

    private static readonly string Sums = SqliteUsageColumns.Join(SqliteUsageColumns.RollupSums);

    private static readonly string CallsAndCostSums = SqliteUsageColumns.Join(
        SqliteUsageColumns.RollupSums.Take(CallsAndCost)
    );

    private static readonly string CallsAndCostOfRecord =
        $"corrects_call IS NULL AS calls, corrects_call IS NULL AND outcome IN ({Errors}) AS errors, "
        + $"corrects_call IS NULL AND usage_source = {(int)UsageSource.Estimated} AS estimated, "
        + $"CASE WHEN corrects_call IS NULL THEN cost IS NULL ELSE -(outcome = {(int)CallOutcome.Repriced}) END AS "
        + $"unpriced, ifnull(cost / {RollupSums.PicoPerMicro}, 0) AS cost_micro, "
        + $"ifnull(cost % {RollupSums.PicoPerMicro}, 0) AS cost_pico";

    private static readonly string SumsOfRecord =
        $"{CallsAndCostOfRecord}, duration, {SqliteUsageColumns.Join(SqliteUsageColumns.Kinds)}";

    /// <summary>The sums by day and over all names cover the time up to here.</summary>
    public const string RollupWatermark = "(SELECT value FROM ledger_state WHERE name = 'folded_until')";

    /// <summary>
    /// The slot of a record. Modulo takes the sign of the dividend, and times before 1970 are negative.
    /// </summary>
    public static readonly string SlotOfRecord =
        $"started_at - ((started_at % {RollupKey.SlotMicros}) + {RollupKey.SlotMicros}) % {RollupKey.SlotMicros}";

    /// <summary>The contribution of each record to each row of the sums by slot and names.</summary>
    public static readonly string RollupOfRecords =
        $"SELECT {SlotOfRecord} AS slot, "
        + SqliteUsageColumns.Join(
            SqliteUsageColumns.RollupKey.Skip(1).Select(static name => $"ifnull({name}, '') AS {name}")
        )
        + $", {SumsOfRecord} FROM usage";

    /// <summary>
    /// Returns the statement; its result has the slot (or null) or the number of the bucket, the names, and the sums.
    /// </summary>
    public static string Build(UsageSumQuery query, SqliteFilterTerms terms)
    {
        var groups = Enumerable.Range(0, query.By.Count).Select(static index => $"name{index}").ToList();
        if (query.BySlot || query.Edges.Count > 0)
            groups.Insert(0, "slot");
        return $"""
            SELECT slot, {string.Concat(
                Enumerable.Range(0, query.By.Count).Select(static index => $"name{index}, ")
            )}{SqliteUsageColumns.Join(SqliteUsageColumns.RollupSums.Select((sum, index) =>
                IsNeeded(query, index) ? $"ifnull(sum({sum}), 0)" : "0"
            ))}
            FROM ({string.Join("\nUNION ALL\n", Parts(query, terms))})
            {(groups.Count == 0 ? "" : "GROUP BY " + SqliteUsageColumns.Join(groups))}{(
                query.Limit is { } limit ? $" LIMIT {limit}" : ""
            )}
            """;
    }

    /// <summary>Returns the sum columns of a rollup that a query needs.</summary>
    public static string GetSums(UsageSumQuery query) => query.Content == UsageSumContent.All ? Sums : CallsAndCostSums;

    /// <summary>Returns the contribution of one record to each of these columns.</summary>
    public static string GetSumsOfRecord(UsageSumQuery query) =>
        query.Content == UsageSumContent.All ? SumsOfRecord : CallsAndCostOfRecord;

    private static bool IsNeeded(UsageSumQuery query, int sum) =>
        sum < CallsAndCost || query.Content == UsageSumContent.All;

    public static (string, object?)[] Parameters(UsageSumQuery query, SqliteFilterTerms terms)
    {
        if (query.Edges.Count > 0)
            return [.. terms.Parameters];
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
            .. terms.Parameters,
        ];
    }

    private static IEnumerable<string> Parts(UsageSumQuery query, SqliteFilterTerms terms)
    {
        var forRecords = FilterSqlBuilder.BuildForRecords(query.Where, terms);
        var forRollups = query.IsRolledUp ? FilterSqlBuilder.BuildForRollups(query.Where, terms) : "";
        var source = new TotalsSource(query, forRecords, forRollups);
        if (query.Edges.Count > 0)
            return SteppedTotalsSql.Parts(query, source);
        if (!query.IsRolledUp)
            return [source.Records(StartedBetween("$headFrom", "$tailTo"))];
        return
        [
            .. RollupParts(query, source),
            source.Records(StartedBetween("$headFrom", "$headTo")),
            source.Records(StartedBetween("$tailFrom", "$tailTo")),
        ];
    }

    /// <summary>
    /// Whole days from the sums by day, and the slots outside them, including those not yet folded into a day; if
    /// results are by slot, slots only.
    /// </summary>
    private static IEnumerable<string> RollupParts(UsageSumQuery query, TotalsSource source)
    {
        if (source.HasNoNames)
        {
            return
            [
                source.Rollup("usage_slots", "slot >= $firstSlot AND slot < $endSlot"),
                source.Rollup("usage_rollup", $"slot >= max($firstSlot, {RollupWatermark}) AND slot < $endSlot"),
            ];
        }

        if (query.BySlot)
            return [source.Rollup("usage_rollup", "slot >= $firstSlot AND slot < $endSlot")];
        return
        [
            source.Rollup("usage_rollup", "slot >= $firstSlot AND slot < $firstDay"),
            source.Rollup("usage_days", "slot >= $firstDay AND slot < $endDay"),
            source.Rollup("usage_rollup", $"slot >= max($firstDay, {RollupWatermark}) AND slot < $endDay"),
            source.Rollup("usage_rollup", "slot >= $endDay AND slot < $endSlot"),
        ];
    }

    private static string StartedBetween(string from, string to) =>
        $"{StartTimeSql.From(from)} AND {StartTimeSql.Before(to)}";
}

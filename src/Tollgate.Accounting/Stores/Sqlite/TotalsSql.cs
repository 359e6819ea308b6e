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

    private static readonly string SignedSums = GetSigned(SqliteUsageColumns.RollupSums);

    private static readonly string SignedCallsAndCostSums = GetSigned(SqliteUsageColumns.RollupSums.Take(CallsAndCost));

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
        var source = new TotalsSource(query, terms);
        var (parts, hasDifferences) = IsStepped(query)
            ? SteppedTotalsSql.Build(query, source)
            : (PeriodParts(query, source), false);
        return $"""
            SELECT slot, {string.Concat(
                Enumerable.Range(0, query.By.Count).Select(static index => $"name{index}, ")
            )}{SqliteUsageColumns.Join(SqliteUsageColumns.RollupSums.Select((sum, index) =>
                IsNeeded(query, index) ? $"ifnull(sum({sum}), 0)" : "0"
            ))}
            FROM ({string.Join("\nUNION ALL\n", parts)})
            {(groups.Count == 0 ? "" : "GROUP BY " + SqliteUsageColumns.Join(groups))}{(
                groups.Count > 0 && hasDifferences ? $" HAVING {IsUsed(query)}" : ""
            )}{(query.Limit is { } limit ? $" LIMIT {limit}" : "")}
            """;
    }

    /// <summary>Returns the sum columns of a rollup that a query needs.</summary>
    public static string GetSums(UsageSumQuery query) => query.Content == UsageSumContent.All ? Sums : CallsAndCostSums;

    /// <summary>Returns the same columns, negative where the part is subtracted.</summary>
    public static string GetSignedSums(UsageSumQuery query) =>
        query.Content == UsageSumContent.All ? SignedSums : SignedCallsAndCostSums;

    /// <summary>Returns the contribution of one record to each of these columns.</summary>
    public static string GetSumsOfRecord(UsageSumQuery query) =>
        query.Content == UsageSumContent.All ? SumsOfRecord : CallsAndCostOfRecord;

    private static string GetSigned(IEnumerable<string> sums) =>
        SqliteUsageColumns.Join(sums.Select(static sum => $"sign * {sum} AS {sum}"));

    private static bool IsNeeded(UsageSumQuery query, int sum) =>
        sum < CallsAndCost || query.Content == UsageSumContent.All;

    /// <summary>A group that is only in a longer rollup and not in the difference has no usage.</summary>
    private static string IsUsed(UsageSumQuery query) =>
        string.Join(
            " OR ",
            SqliteUsageColumns
                .RollupSums.Where((_, index) => IsNeeded(query, index))
                .Select(static sum => $"sum({sum}) <> 0")
        );

    public static (string, object?)[] Parameters(UsageSumQuery query, SqliteFilterTerms terms)
    {
        if (IsStepped(query))
            return [.. terms.Parameters];
        var cut = UsageSlot.Split(query.Period);
        return
        [
            ("$firstSlot", cut.FirstSlot),
            ("$endSlot", cut.EndSlot),
            ("$headFrom", cut.HeadFrom),
            ("$headTo", cut.FirstSlot),
            ("$tailFrom", cut.EndSlot),
            ("$tailTo", cut.TailTo),
            .. terms.Parameters,
        ];
    }

    /// <summary>True if its parts are ranges; otherwise they are those of one period, by slot or of records.</summary>
    private static bool IsStepped(UsageSumQuery query) => query.Edges.Count > 0 || (query.IsRolledUp && !query.BySlot);

    private static IReadOnlyList<string> PeriodParts(UsageSumQuery query, TotalsSource source)
    {
        if (!query.IsRolledUp)
            return [source.Records(StartedBetween("$headFrom", "$tailTo"))];
        string[] rollups = source.HasNoNames
            ?
            [
                source.Rollup("usage_slots", "slot >= $firstSlot AND slot < $endSlot"),
                source.Rollup("usage_rollup", $"slot >= max($firstSlot, {RollupWatermark}) AND slot < $endSlot"),
            ]
            : [source.Rollup("usage_rollup", "slot >= $firstSlot AND slot < $endSlot")];
        return
        [
            .. rollups,
            source.Records(StartedBetween("$headFrom", "$headTo")),
            source.Records(StartedBetween("$tailFrom", "$tailTo")),
        ];
    }

    private static string StartedBetween(string from, string to) =>
        $"{StartTimeSql.From(from)} AND {StartTimeSql.Before(to)}";
}

using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Ledger.Stores.Sqlite;

/// <summary>
/// One statement, hence one snapshot, that sums any period exactly: whole slots from the rollups, and what sticks out
/// at either end from the records themselves.
/// </summary>
internal static class TotalsSql
{
    private static readonly string Errors = string.Join(", ", Enum.GetValues<CallOutcome>().Where(UsageTotals.IsError).Select(outcome => (int)outcome));

    private static readonly string FromRecords =
        $"1 AS calls, outcome IN ({Errors}) AS errors, usage_source = {(int)UsageSource.Estimated} AS estimated, " +
        $"cost IS NULL AS unpriced, ifnull(cost / {RollupSums.PicoPerMicro}, 0) AS cost_micro, " +
        $"ifnull(cost % {RollupSums.PicoPerMicro}, 0) AS cost_pico, duration, {UsageColumns.List(UsageColumns.Kinds)}";

    /// <summary>Sums by a column, or of everything where that is null; the most expensive first.</summary>
    public static string By(string? column) =>
        $"""
        SELECT nullif(name, ''), {UsageColumns.List(UsageColumns.RollupSums.Select(sum => $"ifnull(sum({sum}), 0)"))}
        FROM (
            SELECT {column ?? "''"} AS name, {UsageColumns.List(UsageColumns.RollupSums)}
            FROM usage_rollup WHERE slot >= $firstSlot AND slot < $endSlot
            UNION ALL
            SELECT {(column is null ? "''" : $"ifnull({column}, '')")}, {FromRecords}
            FROM usage WHERE started_at >= $headFrom AND started_at < $headTo
            UNION ALL
            SELECT {(column is null ? "''" : $"ifnull({column}, '')")}, {FromRecords}
            FROM usage WHERE started_at >= $tailFrom AND started_at < $tailTo
        )
        {(column is null ? "" : "GROUP BY name ORDER BY sum(cost_micro) DESC, sum(calls) DESC, name")}
        """;

    public static (string, object?)[] Parameters(UsagePeriod period)
    {
        var cut = UsageSlot.Cut(period);
        return
        [
            ("$firstSlot", cut.FirstSlot), ("$endSlot", cut.EndSlot),
            ("$headFrom", cut.HeadFrom), ("$headTo", cut.FirstSlot), ("$tailFrom", cut.EndSlot), ("$tailTo", cut.TailTo),
        ];
    }
}

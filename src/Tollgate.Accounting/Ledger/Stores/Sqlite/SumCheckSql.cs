namespace Tollgate.Accounting.Ledger.Stores.Sqlite;

/// <summary>
/// The statements that compare one kind of kept sum with what it is made of, and add the difference. Each is one snapshot.
/// </summary>
internal sealed class SumCheckSql
{
    /// <summary>A cost is in two parts, of which only the total counts.</summary>
    private static readonly string IsWrong =
        $"cost_micro + cost_pico / {RollupSums.PicoPerMicro} <> 0 OR cost_pico % {RollupSums.PicoPerMicro} <> 0 OR " +
        string.Join(" OR ", UsageColumns.RollupSums.Where(static sum => sum is not ("cost_micro" or "cost_pico")).Select(static sum => $"{sum} <> 0"));

    private static readonly string IsNothing = string.Join(" AND ", UsageColumns.RollupSums.Select(static sum => $"{sum} = 0"));

    /// <summary>All kinds, those first of which others are made.</summary>
    public static readonly SumCheckSql[] All =
    [
        new(KeptSums.SlotsOfNames, "usage_rollup", UsageColumns.RollupKey, TotalsSql.RollupOfRecords, onlyWithRecords: true),
        new(KeptSums.DaysOfNames, "usage_days", UsageColumns.RollupKey, FoldedRollup(SqliteSums.DayOfSlot)),
        new(KeptSums.Slots, "usage_slots", ["slot"], FoldedRollup("slot")),
    ];

    private readonly string _table, _key, _wrong;
    private readonly bool _onlyWithRecords;

    private SumCheckSql(KeptSums kind, string table, string[] key, string source, bool onlyWithRecords = false)
    {
        (Kind, _table, _key, _onlyWithRecords) = (kind, table, UsageColumns.List(key), onlyWithRecords);
        var (sums, negative) = (UsageColumns.List(UsageColumns.RollupSums), UsageColumns.List(UsageColumns.RollupSums.Select(static sum => $"-{sum}")));
        var summed = UsageColumns.List(UsageColumns.RollupSums.Select(static sum => $"sum({sum}) AS {sum}"));
        // A slot with fewer records than calls was purged. Its sums are all that is left of it.
        var whole = onlyWithRecords ? "slot IN (SELECT slot FROM whole)" : "true";
        _wrong =
            $"""
            WITH should AS (SELECT {_key}, {summed} FROM ({source}) GROUP BY {_key}),
                 whole AS (
                     SELECT slot FROM (SELECT slot, sum(calls) AS calls FROM should GROUP BY slot) AS booked
                     WHERE calls >= (SELECT ifnull(sum(calls), 0) FROM {table} AS kept WHERE kept.slot = booked.slot)),
                 both_sides AS (SELECT {_key}, {sums} FROM should UNION ALL SELECT {_key}, {negative} FROM {table}),
                 wrong AS (SELECT * FROM (SELECT {_key}, {summed} FROM both_sides WHERE {whole} GROUP BY {_key}) WHERE {IsWrong})

            """;
    }

    public KeptSums Kind { get; }

    /// <summary>One row: how many are wrong, the first and the last slot, the calls and the cost that they lack, and the slots that are unknown.</summary>
    public string Check => _wrong +
        "SELECT count(*), min(slot), max(slot), ifnull(sum(calls), 0), ifnull(sum(cost_micro), 0), ifnull(sum(cost_pico), 0), " +
        (_onlyWithRecords ? $"(SELECT count(DISTINCT slot) FROM {_table} WHERE slot NOT IN (SELECT slot FROM whole)) FROM wrong" : "0 FROM wrong");

    /// <summary>Adds what is missing, and removes what then is nothing.</summary>
    public string Repair
    {
        get
        {
            var columns = $"{_key}, {UsageColumns.List(UsageColumns.RollupSums)}";
            return $"{_wrong}INSERT INTO {_table} ({columns}) SELECT {columns} FROM wrong WHERE true {SqliteSums.OnConflictAdd};\n" +
                $"DELETE FROM {_table} WHERE {IsNothing};";
        }
    }

    /// <summary>What is not folded yet is in no other sum.</summary>
    private static string FoldedRollup(string slot) =>
        $"SELECT {slot} AS slot, {UsageColumns.List([.. UsageColumns.RollupKey.Skip(1), .. UsageColumns.RollupSums])} FROM usage_rollup WHERE slot < {TotalsSql.FoldedUntil}";
}

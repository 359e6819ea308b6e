using Tollgate.Accounting.Stores.Sql;
using Tollgate.Accounting.Usage;

namespace Tollgate.Accounting.Stores.Sqlite.Writing;

/// <summary>The comparison of SQLite's rollups with their sources.</summary>
internal static class SqliteSumTables
{
    private static readonly string[] Names = UsageColumns.RollupKey[1..];

    /// <summary>A cost has two parts, of which only the total counts.</summary>
    private static readonly string IsWrong =
        $"cost_micro + cost_pico / {RollupSums.PicoPerMicro} <> 0 OR cost_pico % {RollupSums.PicoPerMicro} <> 0 OR "
        + SumTerms.IsAnyWrong(UsageColumns.RollupSums.Where(static sum => sum is not ("cost_micro" or "cost_pico")));

    private static readonly SumTerms Terms = new(
        UsageColumns.RollupSums,
        static sum => $"coalesce(sum({sum}), 0)",
        IsWrong,
        Add
    );

    /// <summary>All kinds, sources before the rollups derived from them.</summary>
    public static readonly SumCheckSql[] All =
    [
        new(
            new(KeptSums.SlotsOfNames, "usage_rollup", "slot", Names, TotalsSql.RollupOfRecords, IsOfRecords: true),
            Terms
        ),
        new(new(KeptSums.DaysOfNames, "usage_days", "slot", Names, FoldedRollup(SqliteSums.DayOfSlot)), Terms),
        new(new(KeptSums.Slots, "usage_slots", "slot", [], FoldedRollup("slot")), Terms),
    ];

    private static string Add(KeptTable kept, string wrong)
    {
        var columns = UsageColumns.List([kept.Time, .. kept.Names, .. UsageColumns.RollupSums]);
        return $"{wrong}INSERT INTO {kept.Table} ({columns}) SELECT {columns} FROM wrong WHERE true "
            + $"{SqliteSums.OnConflictAdd}";
    }

    /// <summary>The part of the rollup that is folded; the rest is not in any other sum yet.</summary>
    private static string FoldedRollup(string slot) =>
        $"SELECT {slot} AS slot, {UsageColumns.List([.. Names, .. UsageColumns.RollupSums])} FROM usage_rollup WHERE "
        + $"slot < {TotalsSql.FoldedUntil}";
}

using Tollgate.Accounting.Stores.Sql;
using Tollgate.Accounting.Usage;

namespace Tollgate.Accounting.Stores.Sqlite.Writing;

/// <summary>The comparison of SQLite's rollups with their sources.</summary>
internal static class SqliteRollupTables
{
    private static readonly string[] Names = SqliteUsageColumns.RollupKey[1..];

    /// <summary>A cost has two parts, of which only the total counts.</summary>
    private static readonly string IsWrong =
        $"cost_micro + cost_pico / {RollupSums.PicoPerMicro} <> 0 OR cost_pico % {RollupSums.PicoPerMicro} <> 0 OR "
        + RollupSqlTerms.IsAnyWrong(
            SqliteUsageColumns.RollupSums.Where(static sum => sum is not ("cost_micro" or "cost_pico"))
        );

    private static readonly RollupSqlTerms Terms = new(
        SqliteUsageColumns.RollupSums,
        static sum => $"coalesce(sum({sum}), 0)",
        IsWrong,
        Add
    );

    /// <summary>All kinds, sources before the rollups derived from them.</summary>
    public static readonly RollupCheckSql[] All =
    [
        new(
            new(RollupKind.SlotsByName, "usage_rollup", "slot", Names, TotalsSql.RollupOfRecords, IsFromRecords: true),
            Terms
        ),
        new(new(RollupKind.DaysByName, "usage_days", "slot", Names, FoldedRollup(SqliteRollups.DayOfSlot)), Terms),
        new(new(RollupKind.Slots, "usage_slots", "slot", [], FoldedRollup("slot")), Terms),
        new(
            new(RollupKind.Blocks, SqliteBlocks.Table, "slot", ["dimension", "hours", "name"], SqliteBlocks.Source),
            Terms
        ),
    ];

    private static string Add(RollupTable kept, string wrong)
    {
        var columns = SqliteUsageColumns.Join([kept.Time, .. kept.Names, .. SqliteUsageColumns.RollupSums]);
        return $"{wrong}INSERT INTO {kept.Table} ({columns}) SELECT {columns} FROM wrong WHERE true "
            + $"{SqliteRollups.OnConflictAdd}";
    }

    /// <summary>The part of the rollup that is folded; the rest is not in any other sum yet.</summary>
    private static string FoldedRollup(string slot) =>
        $"SELECT {slot} AS slot, {SqliteUsageColumns.Join([.. Names, .. SqliteUsageColumns.RollupSums])} FROM "
        + $"usage_rollup WHERE "
        + $"slot < {TotalsSql.RollupWatermark}";
}

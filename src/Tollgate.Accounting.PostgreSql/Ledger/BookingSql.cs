using Tollgate.Accounting.PostgreSql.Connections;
using Tollgate.Accounting.Stores.Sql;

namespace Tollgate.Accounting.PostgreSql.Ledger;

/// <summary>
/// The statement that records what is staged, adds the new records to the sums, and returns them. Rows are locked in a
/// fixed order, so that overlapping batches wait for one another instead of deadlocking.
/// </summary>
internal static class BookingSql
{
    private static readonly UsageColumnSql Table = PostgreSqlDialect.Instance.Columns;

    private static readonly string Columns = UsageColumnSql.Join(Table.Usage);

    private static readonly string Names = UsageColumnSql.Join(Table.RollupNames);

    private static readonly string Sums = UsageColumnSql.Join(Table.Sums);

    /// <summary>The lengths distinguish ('ab', 'c') from ('a', 'bc').</summary>
    public static readonly string NamesHash =
        "sha256(convert_to("
        + string.Join(" || ", Table.RollupNames.Select(name => $"length({name}) || ':' || {name}"))
        + ", 'UTF8'))";

    public static readonly string AddOnConflict = UsageColumnSql.Join(
        Table.Sums.Select(sum => $"{sum} = kept.{sum} + excluded.{sum}")
    );

    private static readonly string Text = $"""
        WITH fresh AS (
            INSERT INTO usage ({Columns})
            SELECT {Columns} FROM staged_usage ORDER BY call_id, attempt, {StagingTable.Ordinal}
            ON CONFLICT (call_id, attempt) DO NOTHING
            RETURNING {Columns}
        ), added AS (
            SELECT {Table.SlotOfRecord} AS slot, {UsageColumnSql.Join(
            Table.RollupNames.Select(name => $"coalesce({name}, '') AS {name}")
        )},
                   {UsageColumnSql.Join(
            Table.Sums.Zip(Table.SumsOfRecord, (sum, value) => $"{Table.SumExpression(sum, value)} AS {sum}")
        )}
            FROM fresh GROUP BY 1, 2, 3, 4, 5, 6
        ), by_names AS (
            INSERT INTO usage_rollup AS kept (slot, names_hash, {Names}, {Sums})
            SELECT slot, {NamesHash} AS names_hash, {Names}, {Sums} FROM added ORDER BY slot, names_hash
            ON CONFLICT (slot, names_hash) DO UPDATE SET {AddOnConflict}
        ), by_day AS (
            INSERT INTO usage_days AS kept (day, names_hash, {Names}, {Sums})
            SELECT {PostgreSqlDialect.Instance.DayExpression(
            "slot"
        )} AS day, {NamesHash} AS names_hash, {Names}, {UsageColumnSql.Join(
            Table.Sums.Select(sum => Table.SumExpression(sum, sum))
        )}
            FROM added GROUP BY 1, 2, {Names} ORDER BY day, names_hash
            ON CONFLICT (day, names_hash) DO UPDATE SET {AddOnConflict}
        ), by_slot AS (
            INSERT INTO usage_slots AS kept (slot, {Sums})
            SELECT slot, {UsageColumnSql.Join(
            Table.Sums.Select(sum => Table.SumExpression(sum, sum))
        )} FROM added GROUP BY slot ORDER BY slot
            ON CONFLICT (slot) DO UPDATE SET {AddOnConflict}
        ), {BlockSql.SumShortest($"(SELECT * FROM added WHERE slot < {BlockSql.FoldedUntil})")}, by_block AS (
            {BlockSql.AddShortest}
        )

        """;

    /// <summary>Returns the number of new records.</summary>
    public static readonly string ReturningCount = Text + "SELECT count(*) FROM fresh";

    /// <summary>Returns the identities of new records.</summary>
    public static readonly string ReturningIds = Text + "SELECT call_id, attempt FROM fresh";
}

using Tollgate.Accounting.PostgreSql.Connections;
using Tollgate.Accounting.Stores.Sql;
using Tollgate.Accounting.Usage;

namespace Tollgate.Accounting.PostgreSql.Ledger;

/// <summary>The statements of the rollups by blocks.</summary>
internal static class BlockSql
{
    /// <summary>The table.</summary>
    public const string Table = "usage_blocks";

    /// <summary>The columns of its key, in the order in which rows are locked.</summary>
    public const string Key = "dimension, hours, slot, name";

    /// <summary>The time up to which slots are in the blocks.</summary>
    public static readonly string FoldedUntil = PostgreSqlDialect.Instance.BlocksFoldedUntil!;

    private static readonly UsageColumnSql Columns = PostgreSqlDialect.Instance.Columns;

    private static readonly string Sums = UsageColumnSql.Join(Columns.Sums);

    private static readonly string SummedUp = UsageColumnSql.Join(
        Columns.Sums.Select(sum => $"{Columns.SumExpression(sum)} AS {sum}")
    );

    private static readonly string OnConflictAdd = UsageColumnSql.Join(
        Columns.Sums.Select(sum => $"{sum} = kept.{sum} + excluded.{sum}")
    );

    /// <summary>
    /// The start of the block that contains a slot. The origin is a multiple of the longest block before 1970, and
    /// before all times.
    /// </summary>
    private const string Start = "date_bin(hours * interval '1 hour', slot, '0001-12-26 00:00:00+00 BC')";

    private static readonly string Shortest = GetTable(
        RollupBlocks.Dimensions.Select(static dimension => (dimension, RollupBlocks.GetHours(dimension)[0]))
    );

    private static readonly string Longer = UsageColumnSql.Join(
        RollupBlocks
            .All.Where(static block => block.Hours > RollupBlocks.GetHours(block.Dimension)[0])
            .Select(static block => $"({RollupBlocks.GetNumber(block.Dimension)}, {block.Hours})")
    );

    /// <summary>Adds the slots that ended since the last time.</summary>
    public static readonly string Fold =
        $"WITH {SumShortest($"(SELECT * FROM usage_rollup WHERE slot >= {FoldedUntil} AND slot < $1)")} {AddShortest}";

    /// <summary>The contributions of all folded rollups to all blocks: of days to the longer ones.</summary>
    public static readonly string Source = $"""
        SELECT {Start} AS slot, dimension, hours, name, {Sums}
        FROM (SELECT slot, key_id, model, provider, user_name, project, {Sums}, true AS is_slot
              FROM usage_rollup WHERE slot < {FoldedUntil}
              UNION ALL
              SELECT day, key_id, model, provider, user_name, project, {Sums}, false
              FROM usage_days WHERE day < {FoldedDays}) AS parts
        CROSS JOIN LATERAL (VALUES {GetTable(RollupBlocks.All)}) AS blocks (dimension, hours, name)
        WHERE is_slot = (hours < 24 OR slot >= {FoldedDays})
        """;

    private const string FoldedDays =
        "(SELECT date_bin('1 day', folded_until, '0001-01-01 00:00:00+00') FROM usage_fold)";

    /// <summary>Returns an expression that sums up the shortest blocks of some slots, as <c>shortest</c>.</summary>
    public static string SumShortest(string slots) =>
        $"""
            shortest AS MATERIALIZED (
                SELECT dimension, hours, {Start} AS slot, name, {SummedUp}
                FROM {slots} AS slots CROSS JOIN LATERAL (VALUES {Shortest}) AS blocks (dimension, hours, name)
                GROUP BY 1, 2, 3, 4
            )
            """;

    /// <summary>Adds <c>shortest</c>, and the longer blocks, which consist of them.</summary>
    public static string AddShortest =>
        $"""
            INSERT INTO {Table} AS kept ({Key}, {Sums})
            SELECT {Key}, {Sums} FROM (
                SELECT {Key}, {Sums} FROM shortest
                UNION ALL
                SELECT dimension, hours, {Start}, name, {SummedUp}
                FROM (SELECT longer.dimension, longer.hours, slot, name, {Sums}
                      FROM (VALUES {Longer}) AS longer (dimension, hours)
                      JOIN shortest ON shortest.dimension = longer.dimension) AS parts
                GROUP BY 1, 2, 3, 4
            ) AS blocks ORDER BY {Key}
            ON CONFLICT ({Key}) DO UPDATE SET {OnConflictAdd}
            """;

    private static string GetTable(IEnumerable<(UsageDimension? Dimension, int Hours)> blocks) =>
        UsageColumnSql.Join(
            blocks.Select(static block =>
                $"({RollupBlocks.GetNumber(block.Dimension)}, {block.Hours}, "
                + $"{(block.Dimension is { } known ? UsageColumnSql.ColumnFor(known) : "''")})"
            )
        );
}

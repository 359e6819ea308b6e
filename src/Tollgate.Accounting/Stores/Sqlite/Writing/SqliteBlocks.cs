using Tollgate.Accounting.Usage;

namespace Tollgate.Accounting.Stores.Sqlite.Writing;

/// <summary>The statements of the rollups by blocks.</summary>
internal static class SqliteBlocks
{
    /// <summary>The table.</summary>
    public const string Table = "usage_blocks";

    /// <summary>The columns of its key.</summary>
    public static readonly string[] Key = ["dimension", "hours", "slot", "name"];

    private static readonly string Sums = SqliteUsageColumns.Join(SqliteUsageColumns.RollupSums);

    private static readonly string SummedUp = SqliteUsageColumns.Join(
        SqliteUsageColumns.RollupSums.Select(static name => $"sum({name}) AS {name}")
    );

    /// <summary>The start of the block with the length <c>hours</c> that contains a slot; also before 1970.</summary>
    private static readonly string Start =
        $"slot - ((slot % (hours * {RollupKey.HourMicros})) + hours * {RollupKey.HourMicros}) % "
        + $"(hours * {RollupKey.HourMicros})";

    /// <summary>Adds the slots between two parameters: the shortest blocks, of which the others consist.</summary>
    public static readonly string Fold = $"""
        WITH shortest AS MATERIALIZED (
            SELECT dimension, hours, {Start} AS slot, name, {SummedUp}
            FROM ({string.Join(
            "\nUNION ALL ",
            RollupBlocks.Dimensions.Select(static dimension =>
                SelectFromSlots(dimension, RollupBlocks.GetHours(dimension)[0])
                + " WHERE slot >= ?1 AND slot < ?2"
            )
        )})
            GROUP BY 1, 2, 3, 4
        ), longer AS (
            SELECT column1 AS dimension, column2 AS hours FROM (VALUES {SqliteUsageColumns.Join(
            RollupBlocks
                .All.Where(static block => block.Hours > RollupBlocks.GetHours(block.Dimension)[0])
                .Select(static block => $"({RollupBlocks.GetNumber(block.Dimension)}, {block.Hours})")
        )})
        )
        INSERT INTO {Table} ({SqliteUsageColumns.Join(Key)}, {Sums})
        SELECT dimension, hours, slot, name, {Sums} FROM shortest
        UNION ALL
        SELECT dimension, hours, {Start}, name, {SummedUp}
        FROM (SELECT longer.dimension, longer.hours, slot, name, {Sums} FROM longer JOIN shortest USING (dimension))
        GROUP BY 1, 2, 3, 4
        {SqliteRollups.OnConflictAdd}
        """;

    /// <summary>The contributions of all folded rollups to all blocks: of days to the longer ones.</summary>
    public static readonly string Source =
        $"SELECT {Start} AS slot, dimension, hours, name, {Sums} FROM ("
        + string.Join(
            "\nUNION ALL ",
            RollupBlocks.All.Select(static block =>
                block.Dimension is not null && block.Hours >= 24
                    ? Select(block.Dimension, block.Hours, "usage_days")
                    : SelectFromSlots(block.Dimension, block.Hours) + $" WHERE slot < {TotalsSql.RollupWatermark}"
            )
        )
        + ")";

    private static string SelectFromSlots(UsageDimension? dimension, int hours) =>
        Select(dimension, hours, "usage_rollup");

    private static string Select(UsageDimension? dimension, int hours, string table) =>
        $"SELECT {RollupBlocks.GetNumber(dimension)} AS dimension, {hours} AS hours, slot, "
        + $"{(dimension is { } known ? SqliteUsageColumns.ColumnFor(known) : "''")} AS name, {Sums} FROM {table}";
}

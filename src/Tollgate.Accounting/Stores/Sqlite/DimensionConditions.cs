using Tollgate.Accounting.Usage;

namespace Tollgate.Accounting.Stores.Sqlite;

/// <summary>Converts conditions on dimensions to SQL.</summary>
internal static class DimensionConditions
{
    /// <summary>Returns the conditions, each preceded by AND; a column may be wrapped.</summary>
    public static string ToSql(IReadOnlyList<DimensionValue> where, Func<string, string>? wrap = null) =>
        string.Concat(
            where.Select(
                (condition, index) =>
                {
                    var column = SqliteUsageColumns.ColumnFor(condition.Dimension);
                    // Not IS for a value: a partial index without null rows would not be used.
                    return $" AND {(wrap is null ? column : wrap(column))} {(condition.Value is null ? "IS" : "=")} "
                        + $"$where{index}";
                }
            )
        );

    public static IEnumerable<(string, object?)> ToParameters(IReadOnlyList<DimensionValue> where) =>
        where.Select(static (condition, index) => ($"$where{index}", (object?)condition.Value));
}

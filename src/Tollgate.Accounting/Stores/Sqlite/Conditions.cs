using Tollgate.Accounting.Usage;

namespace Tollgate.Accounting.Stores.Sqlite;

/// <summary>Conditions on dimensions as SQL.</summary>
internal static class Conditions
{
    /// <summary>The conditions, each with its AND before it; a column may be wrapped.</summary>
    public static string Sql(IReadOnlyList<DimensionValue> where, Func<string, string>? wrap = null) =>
        string.Concat(
            where.Select(
                (condition, index) =>
                {
                    var column = UsageColumns.Of(condition.Dimension);
                    // Not IS where there is a value: an index without the rows that hold none would not be used.
                    return $" AND {(wrap is null ? column : wrap(column))} {(condition.Value is null ? "IS" : "=")} "
                        + $"$where{index}";
                }
            )
        );

    public static IEnumerable<(string, object?)> Parameters(IReadOnlyList<DimensionValue> where) =>
        where.Select(static (condition, index) => ($"$where{index}", (object?)condition.Value));
}

using Tollgate.Accounting.Usage;

namespace Tollgate.Accounting.Stores.Sql;

/// <summary>Conditions on the table of records.</summary>
internal static class UsageConditions
{
    public static string Build(DimensionValue condition, SqlParameters parameters) =>
        condition.Value is { } value
            ? $"{UsageColumnSql.ColumnFor(condition.Dimension)} = {parameters.Text(value)}"
            : $"{UsageColumnSql.ColumnFor(condition.Dimension)} IS NULL";
}

using Tollgate.Accounting.Usage;

namespace Tollgate.Accounting.Stores.Sql;

/// <summary>Conditions on the table of records.</summary>
internal static class UsageConditions
{
    public static string Of(DimensionValue condition, SqlParameters parameters) =>
        condition.Value is { } value
            ? $"{UsageColumns.Of(condition.Dimension)} = {parameters.Text(value)}"
            : $"{UsageColumns.Of(condition.Dimension)} IS NULL";
}

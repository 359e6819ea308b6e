using Npgsql;
using Tollgate.Accounting.Ledger.Stores;

namespace Tollgate.Accounting.PostgreSql;

/// <summary>Conditions on the table of records.</summary>
internal static class UsageConditions
{
    /// <param name="condition">What must hold.</param>
    /// <param name="add">Takes a parameter and gives its place, such as <c>$3</c>.</param>
    public static string Of(DimensionValue condition, Func<NpgsqlParameter, string> add) =>
        condition.Value is { } value
            ? $"{UsageColumns.Of(condition.Dimension)} = {add(PostgreSqlCommands.Text(value))}"
            : $"{UsageColumns.Of(condition.Dimension)} IS NULL";
}

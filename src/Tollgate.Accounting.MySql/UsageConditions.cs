using MySql.Data.MySqlClient;
using Tollgate.Accounting.Ledger.Stores;

namespace Tollgate.Accounting.MySql;

/// <summary>Conditions on the table of records.</summary>
internal static class UsageConditions
{
    /// <param name="condition">What must hold.</param>
    /// <param name="add">Takes a parameter and gives its place, such as <c>@p3</c>.</param>
    public static string Of(DimensionValue condition, Func<MySqlParameter, string> add) =>
        condition.Value is { } value
            ? $"{UsageColumns.Of(condition.Dimension)} = {add(MySqlCommands.Text(value))}"
            : $"{UsageColumns.Of(condition.Dimension)} IS NULL";
}

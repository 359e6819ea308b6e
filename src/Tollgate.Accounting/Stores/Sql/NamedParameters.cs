using System.Data.Common;

namespace Tollgate.Accounting.Stores.Sql;

/// <summary>The parameters of statements that are the same for all databases, such as <c>@id</c>.</summary>
internal static class NamedParameters
{
    /// <summary>Creates a command; it sees the transaction of the connection.</summary>
    public static DbCommand CreateCommand(this DbConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    /// <summary>Adds a parameter. A null is sent as a null text.</summary>
    public static DbCommand With(this DbCommand command, string name, object? value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value ?? DBNull.Value;
        if (value is null)
            parameter.DbType = System.Data.DbType.String;
        command.Parameters.Add(parameter);
        return command;
    }

    /// <summary>Runs a statement, disposes of it, and returns the number of changed rows.</summary>
    public static async Task<int> RunOnceAsync(this DbCommand command, CancellationToken cancellationToken)
    {
        await using (command)
            return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

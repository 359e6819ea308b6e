using MySqlConnector;
using Tollgate.Accounting.Time;

namespace Tollgate.Accounting.MySql.Connections;

/// <summary>
/// Shortcuts for statements. Parameters are <c>@p1</c>, <c>@p2</c>, … in order; the driver writes them into the text,
/// which is safe as long as the session's sql_mode lets a backslash escape: <see cref="MySqlSession"/> ensures that.
/// </summary>
internal static class MySqlCommands
{
    public static MySqlCommand CreateCommand(
        this MySqlConnection connection,
        string sql,
        params MySqlParameter[] parameters
    )
    {
        var command = new MySqlCommand(sql, connection);
        // Parameters belong to one command; work may be retried.
        for (var i = 0; i < parameters.Length; i++)
            command.Parameters.Add(
                new MySqlParameter($"@p{i + 1}", parameters[i].MySqlDbType) { Value = parameters[i].Value }
            );
        return command;
    }

    public static async Task<int> RunAsync(
        this MySqlConnection connection,
        string sql,
        CancellationToken cancellationToken,
        params MySqlParameter[] parameters
    )
    {
        await using var command = connection.CreateCommand(sql, parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Runs without a time limit, for work that grows with the ledger or waits for others: migrations, purging.
    /// </summary>
    public static async Task<int> RunWithoutTimeoutAsync(
        this MySqlConnection connection,
        string sql,
        CancellationToken cancellationToken,
        params MySqlParameter[] parameters
    )
    {
        await using var command = connection.CreateCommand(sql, parameters).WithoutTimeout();
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Returns one number; null counts as 0.</summary>
    public static async Task<long> NumberAsync(
        this MySqlConnection connection,
        string sql,
        CancellationToken cancellationToken,
        params MySqlParameter[] parameters
    )
    {
        await using var command = connection.CreateCommand(sql, parameters).WithoutTimeout();
        var value = await command.ExecuteScalarAsync(cancellationToken);
        return value is null or DBNull ? 0 : Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Disables the driver's time limit.</summary>
    public static MySqlCommand WithoutTimeout(this MySqlCommand command)
    {
        command.CommandTimeout = 0;
        return command;
    }

    public static MySqlParameter Text(string value) =>
        new() { MySqlDbType = MySqlDbType.VarChar, Value = MySqlStoredText.Normalize(value) };

    public static MySqlParameter Id(Guid value) =>
        new() { MySqlDbType = MySqlDbType.Binary, Value = value.ToByteArray(bigEndian: true) };

    public static MySqlParameter Number(long value) => new() { MySqlDbType = MySqlDbType.Int64, Value = value };

    public static MySqlParameter Time(long micros) => Number(micros);

    public static MySqlParameter Time(DateTimeOffset time) => Number(time.ToMicros());
}

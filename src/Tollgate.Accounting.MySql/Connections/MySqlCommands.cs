using MySql.Data.MySqlClient;
using Tollgate.Accounting.Time;

namespace Tollgate.Accounting.MySql.Connections;

/// <summary>
/// Short ways to statements. Parameters are <c>@p1</c>, <c>@p2</c>, … in their order; the driver writes them into the
/// text, which is safe as long as the session's sql_mode lets a backslash escape: <see cref="MySqlSession"/> sees to
/// it.
/// </summary>
internal static class MySqlCommands
{
    public static MySqlCommand Command(this MySqlConnection connection, string sql, params MySqlParameter[] parameters)
    {
        var command = new MySqlCommand(sql, connection);
        // It belongs to one command; work may run again.
        for (var i = 0; i < parameters.Length; i++)
            command.Parameters.Add(
                new MySqlParameter($"@p{i + 1}", parameters[i].MySqlDbType) { Value = parameters[i].Value }
            );
        return command;
    }

    public static async Task<int> RunAsync(
        this MySqlConnection connection,
        string sql,
        CancellationToken cancellation,
        params MySqlParameter[] parameters
    )
    {
        await using var command = connection.Command(sql, parameters);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>
    /// Without a time limit, for what grows with the ledger or waits for others: migrations, purging.
    /// </summary>
    public static async Task<int> RunPatientlyAsync(
        this MySqlConnection connection,
        string sql,
        CancellationToken cancellation,
        params MySqlParameter[] parameters
    )
    {
        await using var command = connection.Command(sql, parameters).Patient();
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>One number; null is 0.</summary>
    public static async Task<long> NumberAsync(
        this MySqlConnection connection,
        string sql,
        CancellationToken cancellation,
        params MySqlParameter[] parameters
    )
    {
        await using var command = connection.Command(sql, parameters).Patient();
        var value = await command.ExecuteScalarAsync(cancellation);
        return value is null or DBNull ? 0 : Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Takes the driver's time limit off.</summary>
    public static MySqlCommand Patient(this MySqlCommand command)
    {
        command.CommandTimeout = 0;
        return command;
    }

    public static MySqlParameter Text(string value) =>
        new() { MySqlDbType = MySqlDbType.VarChar, Value = StoredText.Of(value) };

    public static MySqlParameter Id(Guid value) =>
        new() { MySqlDbType = MySqlDbType.Binary, Value = value.ToByteArray(bigEndian: true) };

    public static MySqlParameter Number(long value) => new() { MySqlDbType = MySqlDbType.Int64, Value = value };

    public static MySqlParameter Time(long micros) => Number(micros);

    public static MySqlParameter Time(DateTimeOffset time) => Number(time.ToMicros());
}

using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Tollgate.Accounting.Time;

namespace Tollgate.Accounting.PostgreSql.Connections;

/// <summary>Shortcuts for statements. Parameters are <c>$1</c>, <c>$2</c>, … in order.</summary>
internal static class PostgreSqlCommands
{
    /// <summary>Microseconds from 1970 to 2000, the origin of PostgreSQL's times.</summary>
    private const long EpochMicros = 946_684_800_000_000;

    public static NpgsqlCommand CreateCommand(
        this NpgsqlConnection connection,
        string sql,
        params NpgsqlParameter[] parameters
    )
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter.Clone()); // A parameter belongs to one command; work may be retried.
        return command;
    }

    public static async Task<int> RunAsync(
        this NpgsqlConnection connection,
        string sql,
        CancellationToken cancellationToken,
        params NpgsqlParameter[] parameters
    )
    {
        await using var command = connection.CreateCommand(sql, parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Runs without a time limit, for work that grows with the ledger or waits for others: migrations, purging.
    /// </summary>
    public static async Task<int> RunWithoutTimeoutAsync(
        this NpgsqlConnection connection,
        string sql,
        CancellationToken cancellationToken,
        params NpgsqlParameter[] parameters
    )
    {
        await using var command = connection.CreateCommand(sql, parameters).WithoutTimeout();
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// A statement that stays prepared for the lifetime of the connection. For the few long statements that are always
    /// the same and run for every batch.
    /// </summary>
    public static async Task<NpgsqlCommand> PreparedAsync(
        this NpgsqlConnection connection,
        string sql,
        CancellationToken cancellationToken
    )
    {
        var command = connection.CreateCommand(sql);
        await command.PrepareAsync(cancellationToken);
        return command;
    }

    public static async Task<long> NumberAsync(
        this NpgsqlConnection connection,
        string sql,
        CancellationToken cancellationToken,
        params NpgsqlParameter[] parameters
    )
    {
        await using var command = connection.CreateCommand(sql, parameters);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
    }

    /// <inheritdoc cref="RunWithoutTimeoutAsync"/>
    public static async Task<long> NumberPatientlyAsync(
        this NpgsqlConnection connection,
        string sql,
        CancellationToken cancellationToken,
        params NpgsqlParameter[] parameters
    )
    {
        await using var command = connection.CreateCommand(sql, parameters).WithoutTimeout();
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
    }

    /// <summary>Disables the driver's time limit.</summary>
    public static NpgsqlCommand WithoutTimeout(this NpgsqlCommand command)
    {
        command.CommandTimeout = 0;
        return command;
    }

    public static NpgsqlParameter Text(string value) =>
        new() { Value = PostgreSqlStoredText.Normalize(value), NpgsqlDbType = NpgsqlDbType.Text };

    public static NpgsqlParameter Id(Guid value) => new() { Value = value, NpgsqlDbType = NpgsqlDbType.Uuid };

    public static NpgsqlParameter Number(long value) => new() { Value = value, NpgsqlDbType = NpgsqlDbType.Bigint };

    /// <summary>A time in a query: a time outside the calendar means unbounded.</summary>
    public static NpgsqlParameter Time(long micros) =>
        new() { Value = ToStored(micros), NpgsqlDbType = NpgsqlDbType.TimestampTz };

    public static NpgsqlParameter Time(DateTimeOffset time) => Time(time.ToMicros());

    /// <summary>
    /// Converts a time to its wire format. As a number, because the driver treats the minimum and maximum
    /// <see cref="DateTime"/> as infinity.
    /// </summary>
    public static long ToStored(long micros) =>
        micros < DateTimeOffset.MinValue.ToMicros() ? long.MinValue
        : micros > DateTimeOffset.MaxValue.ToMicros() ? long.MaxValue
        : micros - EpochMicros;

    public static DateTimeOffset FromStored(long stored) => StoredTime.ToTime(ToMicros(stored));

    /// <summary>Converts a time in wire format to microseconds since 1970.</summary>
    public static long ToMicros(long stored) => stored + EpochMicros;
}

using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Tollgate.Accounting.Time;

namespace Tollgate.Accounting.PostgreSql.Connections;

/// <summary>Short ways to statements. Parameters are <c>$1</c>, <c>$2</c>, … in their order.</summary>
internal static class PostgreSqlCommands
{
    /// <summary>Microseconds from 1970 to 2000, where PostgreSQL's times begin.</summary>
    private const long EpochMicros = 946_684_800_000_000;

    public static NpgsqlCommand Command(
        this NpgsqlConnection connection,
        string sql,
        params NpgsqlParameter[] parameters
    )
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter.Clone()); // It belongs to one command; work may run again.
        return command;
    }

    public static async Task<int> RunAsync(
        this NpgsqlConnection connection,
        string sql,
        CancellationToken cancellation,
        params NpgsqlParameter[] parameters
    )
    {
        await using var command = connection.Command(sql, parameters);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>
    /// Without a time limit, for what grows with the ledger or waits for others: migrations, purging.
    /// </summary>
    public static async Task<int> RunPatientlyAsync(
        this NpgsqlConnection connection,
        string sql,
        CancellationToken cancellation,
        params NpgsqlParameter[] parameters
    )
    {
        await using var command = connection.Command(sql, parameters).Patient();
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>
    /// A statement that the connection keeps, parsed and planned, for as long as it lives. For the few that are long,
    /// always the same, and run for every batch.
    /// </summary>
    public static async Task<NpgsqlCommand> PreparedAsync(
        this NpgsqlConnection connection,
        string sql,
        CancellationToken cancellation
    )
    {
        var command = connection.Command(sql);
        await command.PrepareAsync(cancellation);
        return command;
    }

    public static async Task<long> NumberAsync(
        this NpgsqlConnection connection,
        string sql,
        CancellationToken cancellation,
        params NpgsqlParameter[] parameters
    )
    {
        await using var command = connection.Command(sql, parameters);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellation), CultureInfo.InvariantCulture);
    }

    /// <inheritdoc cref="RunPatientlyAsync"/>
    public static async Task<long> NumberPatientlyAsync(
        this NpgsqlConnection connection,
        string sql,
        CancellationToken cancellation,
        params NpgsqlParameter[] parameters
    )
    {
        await using var command = connection.Command(sql, parameters).Patient();
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellation), CultureInfo.InvariantCulture);
    }

    /// <summary>Takes the driver's time limit off.</summary>
    public static NpgsqlCommand Patient(this NpgsqlCommand command)
    {
        command.CommandTimeout = 0;
        return command;
    }

    public static NpgsqlParameter Text(string value) =>
        new() { Value = StoredText.Of(value), NpgsqlDbType = NpgsqlDbType.Text };

    public static NpgsqlParameter Id(Guid value) => new() { Value = value, NpgsqlDbType = NpgsqlDbType.Uuid };

    public static NpgsqlParameter Number(long value) => new() { Value = value, NpgsqlDbType = NpgsqlDbType.Bigint };

    /// <summary>A moment of a query: what no calendar holds stands for no bound.</summary>
    public static NpgsqlParameter Time(long micros) =>
        new() { Value = ToStored(micros), NpgsqlDbType = NpgsqlDbType.TimestampTz };

    public static NpgsqlParameter Time(DateTimeOffset time) => Time(time.ToMicros());

    /// <summary>
    /// A moment as the wire has it. As a number, because the driver takes the first and the last <see cref="DateTime"/>
    /// for infinity.
    /// </summary>
    public static long ToStored(long micros) =>
        micros < DateTimeOffset.MinValue.ToMicros() ? long.MinValue
        : micros > DateTimeOffset.MaxValue.ToMicros() ? long.MaxValue
        : micros - EpochMicros;

    public static DateTimeOffset FromStored(long stored) => StoredTime.ToTime(ToMicros(stored));

    /// <summary>Microseconds since 1970 of a moment as the wire has it.</summary>
    public static long ToMicros(long stored) => stored + EpochMicros;
}

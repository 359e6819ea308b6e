using Npgsql;
using Tollgate.Accounting.PostgreSql.Connections;
using Tollgate.Accounting.Time;

namespace Tollgate.Accounting.PostgreSql.Limits;

/// <summary>The server's clock, by which all gateways determine windows.</summary>
internal static class LimitClock
{
    /// <summary>Reads the time, from a statement that returns the time.</summary>
    public static async Task<UnixMicros> ReadAsync(
        NpgsqlConnection connection,
        string sql,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new UnixMicros(PostgreSqlCommands.ToMicros(reader.GetFieldValue<long>(0)));
    }
}

using Npgsql;
using Tollgate.Accounting.PostgreSql.Connections;

namespace Tollgate.Accounting.PostgreSql.Limits;

/// <summary>The server's clock, by which all gates name windows.</summary>
internal static class LimitClock
{
    /// <summary>Microseconds since 1970, from a statement that gives the time.</summary>
    public static async Task<long> ReadAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = connection.Command(sql);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return PostgreSqlCommands.ToMicros(reader.GetFieldValue<long>(0));
    }
}

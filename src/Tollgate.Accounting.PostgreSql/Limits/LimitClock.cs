using Npgsql;
using Tollgate.Accounting.PostgreSql.Connections;

namespace Tollgate.Accounting.PostgreSql.Limits;

/// <summary>The server's clock, by which all gateways determine windows.</summary>
internal static class LimitClock
{
    /// <summary>Reads microseconds since 1970, from a statement that returns the time.</summary>
    public static async Task<long> ReadAsync(
        NpgsqlConnection connection,
        string sql,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return PostgreSqlCommands.ToMicros(reader.GetFieldValue<long>(0));
    }
}

using MySqlConnector;
using Tollgate.Accounting.MySql.Connections;
using Tollgate.Accounting.Stores;
using static Tollgate.Accounting.MySql.Connections.MySqlCommands;

namespace Tollgate.Accounting.MySql.Limits;

/// <summary>
/// The data folders with running gateways. Uses a row with a time, by the server's clock, not a lock on a connection: a
/// lock is lost with its connection while the gateway is still running.
/// </summary>
internal sealed class InstanceHeartbeats(MySqlDatabase database, MySqlMigrations migrations)
{
    private const int MaxNameLength = 512;

    private volatile bool _isMigrated;

    public async Task<IReadOnlyList<InstanceHeartbeat>> RegisterAsync(
        InstanceHeartbeat folder,
        CancellationToken cancellationToken
    )
    {
        if (!_isMigrated)
            await migrations.ApplyAsync(MySqlMigrations.KnownVersion, cancellationToken);
        _isMigrated = true;
        var name = folder.Name.Length > MaxNameLength ? folder.Name[^MaxNameLength..] : folder.Name;
        return await database.RunAsync<IReadOnlyList<InstanceHeartbeat>>(
            async connection =>
            {
                // First its own row, committed, then the check: of two that start at once, at least one sees the other.
                await connection.RunAsync(
                    "INSERT INTO limit_folders VALUES (@p1, @p2, UTC_TIMESTAMP(6)) ON DUPLICATE KEY UPDATE name = "
                        + "@p2, seen_at = UTC_TIMESTAMP(6)",
                    cancellationToken,
                    Id(folder.Id),
                    Text(name)
                );
                return await OthersAsync(connection, folder, cancellationToken);
            },
            cancellationToken
        );
    }

    public Task UnregisterAsync(InstanceHeartbeat folder, CancellationToken cancellationToken) =>
        database.RunAsync(
            connection =>
                connection.RunAsync("DELETE FROM limit_folders WHERE folder = @p1", cancellationToken, Id(folder.Id)),
            cancellationToken
        );

    private static async Task<List<InstanceHeartbeat>> OthersAsync(
        MySqlConnection connection,
        InstanceHeartbeat folder,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.CreateCommand(
            "SELECT folder, name FROM limit_folders WHERE folder <> @p1 AND seen_at > UTC_TIMESTAMP(6) - INTERVAL @p2 "
                + "SECOND ORDER BY folder",
            Id(folder.Id),
            Number((long)InstanceHeartbeat.Timeout.TotalSeconds)
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var others = new List<InstanceHeartbeat>();
        while (await reader.ReadAsync(cancellationToken))
            others.Add(
                new InstanceHeartbeat(new Guid((byte[])reader.GetValue(0), bigEndian: true), reader.GetString(1))
            );
        return others;
    }
}

using MySql.Data.MySqlClient;
using Tollgate.Accounting.MySql.Connections;
using Tollgate.Accounting.Stores;
using static Tollgate.Accounting.MySql.Connections.MySqlCommands;

namespace Tollgate.Accounting.MySql.Limits;

/// <summary>
/// The data folders with running gateways. Uses a row with a time, by the server's clock, not a lock on a connection: a
/// lock is lost with its connection while the gateway is still running.
/// </summary>
internal sealed class LimitFolders(MySqlDatabase database, MySqlMigrations migrations)
{
    private const int LongestName = 512;

    private volatile bool _isMigrated;

    public async Task<IReadOnlyList<LimitFolder>> AnnounceAsync(LimitFolder folder, CancellationToken cancellation)
    {
        if (!_isMigrated)
            await migrations.ApplyAsync(MySqlMigrations.KnownVersion, cancellation);
        _isMigrated = true;
        var name = folder.Name.Length > LongestName ? folder.Name[^LongestName..] : folder.Name;
        return await database.RunAsync<IReadOnlyList<LimitFolder>>(
            async connection =>
            {
                // First its own row, committed, then the check: of two that start at once, at least one sees the other.
                await connection.RunAsync(
                    "INSERT INTO limit_folders VALUES (@p1, @p2, UTC_TIMESTAMP(6)) ON DUPLICATE KEY UPDATE name = "
                        + "@p2, seen_at = UTC_TIMESTAMP(6)",
                    cancellation,
                    Id(folder.Id),
                    Text(name)
                );
                return await OthersAsync(connection, folder, cancellation);
            },
            cancellation
        );
    }

    public Task WithdrawAsync(LimitFolder folder, CancellationToken cancellation) =>
        database.RunAsync(
            connection =>
                connection.RunAsync("DELETE FROM limit_folders WHERE folder = @p1", cancellation, Id(folder.Id)),
            cancellation
        );

    private static async Task<List<LimitFolder>> OthersAsync(
        MySqlConnection connection,
        LimitFolder folder,
        CancellationToken cancellation
    )
    {
        await using var command = connection.Command(
            "SELECT folder, name FROM limit_folders WHERE folder <> @p1 AND seen_at > UTC_TIMESTAMP(6) - INTERVAL @p2 "
                + "SECOND ORDER BY folder",
            Id(folder.Id),
            Number((long)LimitFolder.Patience.TotalSeconds)
        );
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var others = new List<LimitFolder>();
        while (await reader.ReadAsync(cancellation))
            others.Add(new LimitFolder(new Guid((byte[])reader.GetValue(0), bigEndian: true), reader.GetString(1)));
        return others;
    }
}

using Microsoft.Data.Sqlite;
using Tollgate.Accounting.Spool;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Sqlite;
using Tollgate.Accounting.Stores.Sqlite.Ledger;
using Tollgate.Accounting.Stores.Sqlite.Native;

namespace Tollgate.Accounting.Ledger;

/// <summary>
/// Reads the state of a ledger, on SQLite's threads because the spool and the log's size are on disk.
/// </summary>
/// <param name="options">The ledger.</param>
/// <param name="local">The local database.</param>
/// <param name="replicator">Sends records to the server; null if there is no server.</param>
internal sealed class LedgerHealthReader(LedgerOptions options, SqliteLedgerStore local, SpoolReplicator? replicator)
{
    public Task<LedgerHealth> ReadAsync(CancellationToken cancellationToken) =>
        replicator is null
            ? SqliteThreads.Lookups.RunAsync(Create, cancellationToken)
            : SqliteThreads.Lookups.ReadAsync(options.DatabasePath, CreateWithSpool, cancellationToken);

    private LedgerHealth CreateWithSpool(SqliteConnection connection)
    {
        var (backlog, quarantined) = SqliteLedgerStore.CountSpooled(connection);
        return Create() with
        {
            Backlog = backlog,
            BacklogAge = SqliteUsageReader.ReadNumbered(connection, 1) is [var (_, oldest)]
                ? options.TimeProvider.GetUtcNow() - oldest.Record.StartedAt - oldest.Record.Duration
                : null,
            Quarantined = quarantined,
        };
    }

    private LedgerHealth Create() =>
        new()
        {
            IsWritable = local.Writer.State.IsWritable,
            LastFailureAt = local.Writer.LastFailureAt,
            QueueLength = local.Writer.State.QueueLength,
            PendingRecords = local.Writer.PendingCount,
            Dropped = local.Writer.Dropped,
            Commits = local.Writer.State.Commits,
            Booked = local.Writer.State.Booked,
            Checkpoints = local.Writer.Checkpoints,
            WalBytes = new FileInfo(options.DatabasePath + "-wal") is { Exists: true, Length: var bytes } ? bytes : 0,
            Backlog = null,
            BacklogAge = null,
            Quarantined = null,
            StoreReachable = replicator?.IsReachable,
            StoreFailedAt = replicator?.LastFailureAt,
            SqliteVersion = SqliteLibrary.Version,
        };
}

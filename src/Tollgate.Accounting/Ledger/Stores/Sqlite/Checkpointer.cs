namespace Tollgate.Accounting.Ledger.Stores.Sqlite;

/// <summary>
/// Copies the write-ahead log into the database: first most of it in the background, then, under the write lock, the
/// rest, so that the next commit can start the log anew. Only the process that holds the checkpoint lock does so.
/// docs/decisions/0003-wal-checkpoints.md says why it is safe with the SQLite versions that have the WAL-reset fault.
/// </summary>
internal sealed class Checkpointer(string databasePath, long threshold, Action wakeWriter) : IDisposable, IThreadPoolWorkItem
{
    private const int PageSize = 4096;
    private const int Idle = 0, Copying = 1, Copied = 2;

    private FileLock? _ownership;
    private SqliteDatabase? _database;
    private long _pagesAtLast;
    private int _phase;
    private long _completed;

    /// <summary>Checkpoints that emptied the log.</summary>
    public long Completed => Volatile.Read(ref _completed);

    /// <summary>Called by the writer between two batches, which is the only time when the last phase may run.</summary>
    public void AfterCommit(SqliteLedgerWriter writer)
    {
        switch (Volatile.Read(ref _phase))
        {
            case Idle when (writer.PagesWritten - _pagesAtLast) * PageSize >= threshold && TryOwn():
                // Pages were written since the last checkpoint, so the log is not wholly copied: a background
                // checkpoint may begin.
                Volatile.Write(ref _phase, Copying);
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                break;
            case Copied:
                CopyRest(writer);
                Volatile.Write(ref _phase, Idle);
                break;
        }
    }

    /// <summary>The page counter began anew with a new connection of the writer.</summary>
    public void WriterReopened() => _pagesAtLast = 0;

    /// <summary>The background phase.</summary>
    public void Execute()
    {
        try
        {
            (_database ??= SqliteDatabase.Open(databasePath)).CheckpointPassive();
        }
        catch (SqliteFault)
        {
            // The log only grows; the next commit tries again, and a disk that fails shows in the commits themselves.
        }

        Volatile.Write(ref _phase, Copied);
        wakeWriter();
    }

    /// <summary>Ends after the writer's thread has ended.</summary>
    public void Dispose()
    {
        SpinWait.SpinUntil(() => Volatile.Read(ref _phase) != Copying);
        _database?.Dispose();
        _ownership?.Dispose();
    }

    private void CopyRest(SqliteLedgerWriter writer)
    {
        try
        {
            // The write lock keeps every other connection, of this process or another, from starting the log anew now.
            writer.Begin(flush: false);
            try
            {
                if (_database?.CheckpointPassive() == true) _completed++;
            }
            finally
            {
                writer.Rollback();
            }
        }
        catch (SqliteFault)
        {
            // As above.
        }

        _pagesAtLast = writer.PagesWritten;
    }

    private bool TryOwn() => (_ownership ??= FileLock.TryTake(Path.Combine(Path.GetDirectoryName(databasePath)!, "checkpoint.lock"))) is not null;
}

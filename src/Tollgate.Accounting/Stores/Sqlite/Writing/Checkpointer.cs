using Tollgate.Accounting.Files;

namespace Tollgate.Accounting.Stores.Sqlite.Writing;

/// <summary>
/// Copies the write-ahead log into the database: first most of it in the background, then the rest under the write
/// lock, so that the next commit can restart the log. A process does so only while it holds the checkpoint lock.
/// docs/decisions/0003-wal-checkpoints.md explains why this is safe with the SQLite versions that have the WAL-reset
/// bug.
/// </summary>
internal sealed class Checkpointer(LedgerOptions options, Action wakeWriter) : IDisposable, IThreadPoolWorkItem
{
    private const int PageSize = 4096;
    private const int Idle = 0,
        Copying = 1,
        Copied = 2;

    private readonly string _lockPath = Path.Combine(options.StateFolder, "checkpoint.lock");
    private FileLock? _held;
    private SqliteDatabase? _database;
    private long _dueAtPages = options.CheckpointBytes / PageSize;
    private int _phase;
    private long _completed;

    /// <summary>The number of checkpoints that emptied the log.</summary>
    public long Completed => Volatile.Read(ref _completed);

    /// <summary>True if <see cref="OnBetweenTransactions"/> would do something.</summary>
    public bool IsDue(LedgerWriterConnection writer) =>
        Volatile.Read(ref _phase) is var phase
        && (phase == Copied || (phase == Idle && writer.PagesWritten >= _dueAtPages));

    /// <summary>Called by the writer between two transactions, the only time when the last phase may run.</summary>
    public void OnBetweenTransactions(LedgerWriterConnection writer)
    {
        var phase = Volatile.Read(ref _phase);
        if (phase == Copied)
            Finish(writer);
        else if (phase == Idle && writer.PagesWritten >= _dueAtPages)
            Begin(writer);
    }

    /// <summary>The page counter starts from zero with a new connection of the writer.</summary>
    public void OnWriterReopened() => _dueAtPages = options.CheckpointBytes / PageSize;

    /// <summary>The background phase.</summary>
    public void Execute()
    {
        try
        {
            (_database ??= SqliteDatabase.Open(options.DatabasePath)).CheckpointPassive();
        }
        catch (SqliteErrorException)
        {
            // The log only grows; the next commits try again, and a failing disk shows in the commits themselves.
        }

        Volatile.Write(ref _phase, Copied);
        wakeWriter();
    }

    /// <summary>Call only after the writer's thread has ended.</summary>
    public void Dispose()
    {
        SpinWait.SpinUntil(() => Volatile.Read(ref _phase) != Copying);
        _database?.Dispose();
        _held?.Dispose();
    }

    private void Begin(LedgerWriterConnection writer)
    {
        Reschedule(writer);
        try
        {
            if ((_held = FileLock.TryTake(_lockPath)) is null)
                return; // Another process is running a checkpoint.
            // Commit under the lock: the log now holds a page that is not copied, and only this process may copy it.
            writer.Begin();
            writer.Probe(options.TimeProvider.GetUtcNow());
            writer.Commit();
            Volatile.Write(ref _phase, Copying);
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
        catch (Exception failure) when (failure is SqliteErrorException or IOException or UnauthorizedAccessException)
        {
            Abandon(writer);
        }
    }

    private void Finish(LedgerWriterConnection writer)
    {
        try
        {
            // The write lock now keeps every other connection, of this process or another, from restarting the log.
            writer.Begin();
            if (_database?.CheckpointPassive() == true)
                Volatile.Write(ref _completed, _completed + 1);
        }
        catch (SqliteErrorException)
        {
            // As in the background phase.
        }

        Abandon(writer);
        Reschedule(writer);
        Volatile.Write(ref _phase, Idle);
    }

    private void Abandon(LedgerWriterConnection writer)
    {
        try
        {
            writer.Rollback();
        }
        catch (SqliteErrorException)
        {
            // The next transaction hits the same failure and reports it.
        }

        _held?.Dispose();
        _held = null;
    }

    private void Reschedule(LedgerWriterConnection writer) =>
        _dueAtPages = writer.PagesWritten + (options.CheckpointBytes / PageSize);
}

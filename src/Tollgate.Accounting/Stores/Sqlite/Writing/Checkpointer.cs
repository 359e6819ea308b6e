namespace Tollgate.Accounting.Stores.Sqlite.Writing;

/// <summary>
/// Copies the write-ahead log into the database: first nearly all of it in the background, while the writer goes on,
/// then the rest between two of its transactions, so that the next commit can restart the log. The reasons are in
/// docs/decisions/0019-sqlite-3-53.md.
/// </summary>
internal sealed class Checkpointer(LedgerOptions options, Action wakeWriter) : IDisposable, IThreadPoolWorkItem
{
    private const int PageSize = 4096;
    private const int Idle = 0,
        Copying = 1,
        Copied = 2;

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
            Begin();
    }

    /// <summary>The page counter starts from zero with a new connection of the writer.</summary>
    public void OnWriterReopened() => _dueAtPages = options.CheckpointBytes / PageSize;

    /// <summary>
    /// The background phase. The second pass copies what was committed during the first one, which can take long, so
    /// that little remains for the writer.
    /// </summary>
    public void Execute()
    {
        Copy();
        Copy();
        Volatile.Write(ref _phase, Copied);
        wakeWriter();
    }

    /// <summary>Call only after the writer's thread has ended.</summary>
    public void Dispose()
    {
        SpinWait.SpinUntil(() => Volatile.Read(ref _phase) != Copying);
        _database?.Dispose();
    }

    private void Begin()
    {
        Volatile.Write(ref _phase, Copying);
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Only what was committed during the background phase remains, so this is short.</summary>
    private void Finish(LedgerWriterConnection writer)
    {
        if (Copy())
            Volatile.Write(ref _completed, _completed + 1);
        _dueAtPages = writer.PagesWritten + (options.CheckpointBytes / PageSize);
        Volatile.Write(ref _phase, Idle);
    }

    /// <summary>Returns true if nothing of the log remains to be copied.</summary>
    private bool Copy()
    {
        try
        {
            return (_database ??= SqliteDatabase.Open(options.DatabasePath)).CheckpointPassive();
        }
        catch (SqliteErrorException)
        {
            // The log only grows; the next commits try again, and a failing disk shows in the commits themselves.
            return false;
        }
    }
}

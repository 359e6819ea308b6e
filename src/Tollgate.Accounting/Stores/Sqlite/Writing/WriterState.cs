namespace Tollgate.Accounting.Stores.Sqlite.Writing;

/// <summary>The writer's counters, readable from any thread.</summary>
internal sealed class WriterState
{
    private volatile bool _writable = true;
    private volatile string? _lastError;
    private long _queueLength;
    private long _commits;
    private long _booked;
    private long _bookedInBatch;

    public bool IsWritable => _writable;

    public string? LastError => _lastError;

    public long QueueLength => Interlocked.Read(ref _queueLength);

    public long Commits => Volatile.Read(ref _commits);

    public long Booked => Volatile.Read(ref _booked);

    public void NoteQueued() => Interlocked.Increment(ref _queueLength);

    public void NoteCompleted(int count) => Interlocked.Add(ref _queueLength, -count);

    /// <summary>The records are in the transaction; they count once it is committed.</summary>
    public void NoteBatch(int count) => _bookedInBatch += count;

    public void NoteCommit()
    {
        Volatile.Write(ref _commits, _commits + 1);
        Volatile.Write(ref _booked, _booked + _bookedInBatch);
        _bookedInBatch = 0;
    }

    public void NoteFailure(string error)
    {
        _bookedInBatch = 0;
        _lastError = error;
        _writable = false;
    }

    public void NoteRecovery() => _writable = true;
}

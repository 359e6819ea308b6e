namespace Tollgate.Accounting.Transcripts.Writing;

/// <summary>
/// The rows waiting to be written, bounded in bytes. If there is no room, a caller can wait for it, or give up.
/// </summary>
internal sealed class TranscriptQueue(long maxBytes) : IDisposable
{
    private const int MaxBatchRows = 256;
    private const long MaxBatchBytes = 4 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly Queue<TranscriptWork> _rows = new();
    private readonly SemaphoreSlim _wake = new(0, 1);
    private TaskCompletionSource _change = CreateCompletionSource();
    private long _bytes;

    /// <summary>The number of rows and their bytes, including those being written.</summary>
    public (long Rows, long Bytes) Size
    {
        get
        {
            lock (_lock)
                return (_rows.Count, _bytes);
        }
    }

    /// <summary>
    /// Adds a row; returns null on success, otherwise a task to wait for before the next attempt. A row larger than the
    /// bound is accepted if the queue is empty.
    /// </summary>
    public Task? TryAdd(TranscriptWork work, bool regardless)
    {
        lock (_lock)
        {
            if (!regardless && _bytes > 0 && _bytes + work.Bytes > maxBytes)
                return _change.Task;
            _rows.Enqueue(work);
            _bytes += work.Bytes;
        }

        Wake();
        return null;
    }

    /// <summary>
    /// Returns the oldest rows. They stay in the queue, and count, until <see cref="Remove"/>. For one reader only.
    /// </summary>
    public List<TranscriptWork> Peek()
    {
        lock (_lock)
        {
            var batch = new List<TranscriptWork>();
            var bytes = 0L;
            foreach (var work in _rows)
            {
                if (batch.Count == MaxBatchRows || (batch.Count > 0 && bytes + work.Bytes > MaxBatchBytes))
                    break;
                batch.Add(work);
                bytes += work.Bytes;
            }

            return batch;
        }
    }

    /// <summary>Removes the oldest rows, as returned by <see cref="Peek"/>.</summary>
    public void Remove(int count)
    {
        lock (_lock)
            for (; count > 0; count--)
                _bytes -= _rows.Dequeue().Bytes;
        SignalChange();
    }

    /// <summary>Removes and returns all rows.</summary>
    public List<TranscriptWork> TakeAll()
    {
        List<TranscriptWork> all;
        lock (_lock)
        {
            all = [.. _rows];
            _rows.Clear();
            _bytes = 0;
        }

        SignalChange();
        return all;
    }

    /// <summary>Removes the rows whose callers were notified that they are not written.</summary>
    public void RemoveAwaited()
    {
        lock (_lock)
        {
            for (var left = _rows.Count; left > 0; left--)
            {
                var work = _rows.Dequeue();
                if (work.Written is null)
                    _rows.Enqueue(work);
                else
                {
                    _bytes -= work.Bytes;
                    work.Written.TrySetResult(false);
                }
            }
        }
    }

    /// <summary>Wakes callers that wait for room.</summary>
    public void SignalChange()
    {
        lock (_lock)
        {
            var before = _change;
            _change = CreateCompletionSource();
            before.TrySetResult();
        }
    }

    /// <summary>Wakes the reader, although nothing was added.</summary>
    public void Wake()
    {
        if (_wake.CurrentCount > 0)
            return;
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // Another thread has just done so.
        }
    }

    /// <summary>Waits for <see cref="Wake"/>.</summary>
    public Task WaitAsync() => _wake.WaitAsync();

    public void Dispose() => _wake.Dispose();

    private static TaskCompletionSource CreateCompletionSource() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);
}

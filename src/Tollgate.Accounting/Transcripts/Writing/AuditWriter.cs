using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.Transcripts.Writing;

/// <summary>
/// Writes and purges in the background, in batches, in the order in which rows were added. While the database is
/// unavailable, it retries with increasing delays; rows wait in the queue as long as there is room.
/// </summary>
internal sealed class AuditWriter : IAsyncDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PurgeInterval = TimeSpan.FromHours(1);
    private static readonly TimeSpan LastFlush = TimeSpan.FromSeconds(5);

    private readonly IAuditStore _store;
    private readonly AuditOptions _options;
    private readonly AuditQueue _queue;
    private readonly CancellationTokenSource _stop = new(),
        _hurry = new();
    private readonly ITimer _purging;
    private readonly Task _running;
    private volatile bool _isStopping,
        _isAvailable,
        _isPurgeDue = true;
    private volatile string? _lastError;
    private bool _isMigrated;
    private long _written,
        _dropped;

    /// <param name="store">The store to write to.</param>
    /// <param name="options">The options.</param>
    /// <param name="fault">The exception that prevented opening the store; null if it is open.</param>
    public AuditWriter(IAuditStore store, AuditOptions options, Exception? fault)
    {
        (_store, _options, _queue) = (store, options, new AuditQueue(options.QueueBytes));
        (_isMigrated, _isAvailable, _lastError) = (fault is null, fault is null, fault?.Message);
        _purging = options.TimeProvider.CreateTimer(_ => PurgeSoon(), null, PurgeInterval, PurgeInterval);
        _running = Task.Run(RunAsync);
        _queue.Wake();
    }

    /// <summary>Whether the last write succeeded.</summary>
    public bool IsAvailable => _isAvailable;

    public AuditHealth Health
    {
        get
        {
            var (rows, bytes) = _queue.Size;
            return new AuditHealth
            {
                IsAvailable = _isAvailable,
                LastError = _lastError,
                QueueLength = rows,
                QueueBytes = bytes,
                Written = Interlocked.Read(ref _written),
                Dropped = Interlocked.Read(ref _dropped),
            };
        }
    }

    /// <summary>
    /// Adds a row. While the database is unavailable, a row that does not fit is dropped and counted, unless calls are
    /// refused in that case: then it belongs to one of the few calls in flight, and is added regardless.
    /// </summary>
    /// <param name="work">The row.</param>
    /// <param name="waits">Whether to wait for room while the database accepts rows; otherwise a row that does not fit
    /// is dropped.</param>
    public async ValueTask AddAsync(AuditWork work, bool waits)
    {
        while (
            _queue.TryAdd(work, regardless: waits && !_isAvailable && _options.WhenUnavailable == AuditOutage.Refuse)
                is { } room
        )
        {
            if (!waits || !_isAvailable || _isStopping)
            {
                Drop(work);
                return;
            }

            await room;
        }

        // A row that missed the last flush would wait forever.
        if (_running.IsCompleted)
            DropAll();
    }

    /// <summary>Writes the waiting rows, as far as possible within a few seconds.</summary>
    public async ValueTask DisposeAsync()
    {
        await _purging.DisposeAsync();
        _isStopping = true;
        _stop.CancelAfter(LastFlush);
        await _hurry.CancelAsync();
        _queue.Wake();
        await _running;
        DropAll();
        _hurry.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var pause = ShortestPause;
        while (true)
        {
            if (await TryStepAsync() is { } written)
            {
                pause = ShortestPause;
                // A row may have been added since the batch was taken.
                if (written > 0 || (_isStopping && _queue.Size.Rows > 0))
                    continue;
                if (_isStopping)
                    return;
                await _queue.WaitAsync();
            }
            else
            {
                if (_isStopping)
                    return;
                await Task.Delay(pause, _options.TimeProvider, _hurry.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    /// <summary>
    /// Writes a batch, and purges if that is due; returns the batch's length, null if anything failed.
    /// </summary>
    private async Task<int?> TryStepAsync()
    {
        var batch = _queue.Peek();
        try
        {
            if (!_isMigrated)
                await _store.MigrateAsync(_stop.Token);
            _isMigrated = true;
            if (batch.Count > 0)
                await AppendAsync(batch);
            Turn(isAvailable: true);
            if (_isPurgeDue)
                await PurgeAsync();
            return batch.Count;
        }
        catch (Exception fault)
        {
            // Whatever the failure, the rows stay in the queue and it shows in the health report. The file may be gone:
            // check again.
            (_lastError, _isMigrated) = (fault.Message, false);
            Turn(isAvailable: false);
            _queue.RemoveAwaited();
            return null;
        }
    }

    private async Task AppendAsync(List<AuditWork> batch)
    {
        await _store.AppendAsync(
            [.. batch.Where(static work => work.Entry is not null).Select(static work => work.Entry!)],
            [.. batch.Where(static work => work.Refusal is not null).Select(static work => work.Refusal!)],
            _stop.Token
        );
        Interlocked.Add(ref _written, batch.Count);
        _queue.Remove(batch.Count);
        foreach (var work in batch)
            work.Written?.TrySetResult(true);
    }

    /// <summary>A login may be limited to adding rows: a failed purge is reported and retried in an hour.</summary>
    private async Task PurgeAsync()
    {
        _isPurgeDue = false;
        try
        {
            await _store.PurgeAsync(_options.TimeProvider.GetUtcNow() - _options.Retention, _stop.Token);
        }
        catch (Exception fault)
        {
            _lastError = $"Rows past their retention could not be removed: {fault.Message}";
        }
    }

    private void Turn(bool isAvailable)
    {
        if (_isAvailable == isAvailable)
            return;
        _isAvailable = isAvailable;
        _queue.Changed(); // Callers that wait for room can now decide whether waiting helps.
    }

    private void PurgeSoon()
    {
        _isPurgeDue = true;
        _queue.Wake();
    }

    private void DropAll()
    {
        foreach (var work in _queue.TakeAll())
            Drop(work);
    }

    private void Drop(AuditWork work)
    {
        work.Written?.TrySetResult(false);
        Interlocked.Increment(ref _dropped);
    }
}

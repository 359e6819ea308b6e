using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.Transcripts.Writing;

/// <summary>
/// The one who writes and purges: in the background, in batches, in the order in which rows came. While the database is
/// away it tries again and again, ever more slowly; rows wait in the queue as long as there is room.
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

    /// <param name="store">Where to.</param>
    /// <param name="options">How.</param>
    /// <param name="fault">What kept the store from being opened; null where it is open.</param>
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
    /// Adds a row. While the database is away, one for which there is no room is dropped and counted; but where calls
    /// are refused then, it is one of the few under way, and kept regardless.
    /// </summary>
    /// <param name="work">The row.</param>
    /// <param name="waits">Whether to wait for room where the database takes rows; else such a row is dropped
    /// too.</param>
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

        // One that came too late for the last flush would wait for ever.
        if (_running.IsCompleted)
            DropAll();
    }

    /// <summary>Writes what waits, as far as that is possible within a few seconds.</summary>
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
                // A row may have come since the batch was taken.
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
    /// Writes a batch, and purges where that is due; gives the batch's length, null where anything failed.
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
            // Whatever it is, the rows stay in the queue and it shows in the health report. The file may be gone: look
            // again.
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

    /// <summary>
    /// A login may be allowed to add rows only: that purging fails is told, and tried again in an hour.
    /// </summary>
    private async Task PurgeAsync()
    {
        _isPurgeDue = false;
        try
        {
            await _store.PurgeAsync(_options.TimeProvider.GetUtcNow() - _options.Retention, _stop.Token);
        }
        catch (Exception fault)
        {
            _lastError = $"Rows beyond their time could not be removed: {fault.Message}";
        }
    }

    private void Turn(bool isAvailable)
    {
        if (_isAvailable == isAvailable)
            return;
        _isAvailable = isAvailable;
        _queue.Changed(); // Who waits for room now knows whether that helps.
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

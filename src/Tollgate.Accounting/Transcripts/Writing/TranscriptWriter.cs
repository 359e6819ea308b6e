using Microsoft.Extensions.Logging;
using Tollgate.Accounting.Logging;
using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.Transcripts.Writing;

/// <summary>
/// Writes and purges in the background, in batches, in the order in which rows were added. While the database is
/// unavailable, it retries with increasing delays; rows wait in the queue as long as there is room.
/// </summary>
internal sealed class TranscriptWriter : IAsyncDisposable
{
    private static readonly TimeSpan MinRetryDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PurgeInterval = TimeSpan.FromHours(1);
    private static readonly TimeSpan ShutdownFlushTimeout = TimeSpan.FromSeconds(5);

    private readonly ITranscriptStore _store;
    private readonly TranscriptOptions _options;
    private readonly TranscriptQueue _queue;
    private readonly ILogger _logger;
    private readonly OutageMonitor _outage;
    private readonly CancellationTokenSource _stop = new(),
        _skipDelays = new();
    private readonly ITimer _purgeTimer;
    private readonly Task _running;
    private volatile bool _isStopping,
        _isAvailable,
        _isPurgeDue = true;
    private bool _isMigrated;
    private long _written,
        _dropped;

    /// <param name="store">The store to write to.</param>
    /// <param name="options">The options.</param>
    /// <param name="exception">The exception that prevented opening the store; null if it is open.</param>
    public TranscriptWriter(ITranscriptStore store, TranscriptOptions options, Exception? exception)
    {
        (_store, _options, _queue) = (store, options, new TranscriptQueue(options.MaxQueueBytes));
        _logger = options.LoggerFactory.CreateLogger<TranscriptWriter>();
        _outage = new OutageMonitor(
            options.TimeProvider,
            _logger.TranscriptsUnavailable,
            _logger.TranscriptsRecovered
        );
        (_isMigrated, _isAvailable) = (exception is null, exception is null);
        if (exception is not null)
            _outage.NoteFailure(exception);
        _purgeTimer = options.TimeProvider.CreateTimer(_ => SchedulePurge(), null, PurgeInterval, PurgeInterval);
        _running = Task.Run(RunAsync);
        _queue.Wake();
    }

    /// <summary>True if the last write succeeded.</summary>
    public bool IsAvailable => _isAvailable;

    public TranscriptHealth Health
    {
        get
        {
            var (rows, bytes) = _queue.Size;
            return new TranscriptHealth
            {
                IsAvailable = _isAvailable,
                LastFailureAt = _outage.LastFailureAt,
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
    /// <param name="waits">True if to wait for room while the database accepts rows; otherwise a row that does not fit
    /// is dropped.</param>
    /// <param name="cancellationToken">Cancels the wait for room; the row is not added then.</param>
    public async ValueTask AddAsync(TranscriptWork work, bool waits, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (
            _queue.TryAdd(
                work,
                regardless: waits && !_isAvailable && _options.WhenUnavailable == TranscriptOutagePolicy.Refuse
            )
                is { } room
        )
        {
            if (!waits || !_isAvailable || _isStopping)
            {
                Drop(work);
                return;
            }

            await room.WaitAsync(cancellationToken);
        }

        // A row that missed the last flush would wait forever.
        if (_running.IsCompleted)
            DropAll();
    }

    /// <summary>Writes the waiting rows, as far as possible within a few seconds.</summary>
    public async ValueTask DisposeAsync()
    {
        await _purgeTimer.DisposeAsync();
        _isStopping = true;
        _stop.CancelAfter(ShutdownFlushTimeout);
        await _skipDelays.CancelAsync();
        _queue.Wake();
        await _running;
        DropAll();
        _skipDelays.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var pause = MinRetryDelay;
        while (true)
        {
            if (await TryProcessBatchAsync() is { } written)
            {
                pause = MinRetryDelay;
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
                await Task.Delay(pause, _options.TimeProvider, _skipDelays.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause * 2 < MaxRetryDelay ? pause * 2 : MaxRetryDelay;
            }
        }
    }

    /// <summary>
    /// Writes a batch, and purges if that is due; returns the batch's length, null if anything failed.
    /// </summary>
    private async Task<int?> TryProcessBatchAsync()
    {
        var batch = _queue.Peek();
        try
        {
            if (!_isMigrated)
                await _store.MigrateAsync(_stop.Token);
            _isMigrated = true;
            if (batch.Count > 0)
                await AppendAsync(batch);
            _outage.NoteSuccess();
            SetAvailability(isAvailable: true);
            if (_isPurgeDue)
                await PurgeAsync();
            return batch.Count;
        }
        catch (Exception exception)
        {
            // Regardless of the failure, the rows stay in the queue and it shows in the health report. The file may be
            // gone: check again.
            _isMigrated = false;
            _outage.NoteFailure(exception);
            SetAvailability(isAvailable: false);
            _queue.RemoveAwaited();
            return null;
        }
    }

    private async Task AppendAsync(List<TranscriptWork> batch)
    {
        await _store.AppendAsync(
            [.. batch.Where(static work => work.Entry is not null).Select(static work => work.Entry!)],
            [.. batch.Where(static work => work.Denial is not null).Select(static work => work.Denial!)],
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
        catch (Exception exception)
        {
            _logger.TranscriptsNotPurged(exception);
        }
    }

    private void SetAvailability(bool isAvailable)
    {
        if (_isAvailable == isAvailable)
            return;
        _isAvailable = isAvailable;
        _queue.SignalChange(); // Callers that wait for room can now decide whether waiting helps.
    }

    private void SchedulePurge()
    {
        _isPurgeDue = true;
        _queue.Wake();
    }

    private void DropAll()
    {
        foreach (var work in _queue.TakeAll())
            Drop(work);
    }

    private void Drop(TranscriptWork work)
    {
        work.Written?.TrySetResult(false);
        Interlocked.Increment(ref _dropped);
    }
}

using Microsoft.Extensions.Logging;
using Tollgate.Accounting.Files;
using Tollgate.Accounting.InFlight;
using Tollgate.Accounting.Limits;
using Tollgate.Accounting.Logging;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Sqlite.Ledger;

namespace Tollgate.Accounting.Spool;

/// <summary>
/// Replicates locally recorded usage to the server, in order, in batches. A batch leaves the spool after the server has
/// committed it; in between it is in both, and is sent again after a crash, which changes nothing. Of the processes on
/// one spool, the holder of the lock replicates. A record that the server rejects is quarantined, so that it does not
/// block others.
/// </summary>
internal sealed class SpoolReplicator : IAsyncDisposable
{
    /// <summary>
    /// The maximum number of records per batch, and so the maximum that can be both on the server and in the spool.
    /// </summary>
    public const int BatchLimit = 1000;

    private static readonly TimeSpan MinRetryDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromSeconds(10);

    // Under load, larger batches are cheapest for the server.
    private static readonly TimeSpan BatchDelay = TimeSpan.FromMilliseconds(500);

    // Another process on the spool cannot nudge.
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShutdownDrainTimeout = TimeSpan.FromSeconds(3);

    private readonly SqliteLedgerStore _spool;
    private readonly ILedgerStore _store;
    private readonly LedgerOptions _options;
    private readonly ILogger _logger;
    private readonly OutageMonitor _outage;
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _skipDelays = new();
    private readonly Task _running;
    private volatile bool _draining;
    private volatile bool _isMigrated;
    private volatile bool _isReachable;
    private long _replicated;
    private long? _lastStaleScan;

    public SpoolReplicator(SqliteLedgerStore spool, ILedgerStore store, LedgerOptions options)
    {
        (_spool, _store, _options) = (spool, store, options);
        _logger = options.LoggerFactory.CreateLogger<SpoolReplicator>();
        _outage = new OutageMonitor(
            options.TimeProvider,
            failure => _logger.ServerUnavailable(options.StateFolder, failure),
            _logger.ServerRecovered
        );
        _running = Task.Run(RunAsync);
    }

    /// <summary>True if the last attempt reached the server.</summary>
    public bool IsReachable => _isReachable;

    /// <summary>When the server last failed; null if it never did.</summary>
    public DateTimeOffset? LastFailureAt => _outage.LastFailureAt;

    /// <summary>The number of records sent to the server by this process.</summary>
    public long ReplicatedCount => Interlocked.Read(ref _replicated);

    /// <summary>
    /// Keeps everything in a spool there, whichever process replicates it, until the returned lock is disposed of.
    /// </summary>
    public static Task<FileLock> LockAsync(LedgerOptions options, CancellationToken cancellationToken) =>
        FileLock.WaitAsync(Path.Combine(options.StateFolder, "move.lock"), cancellationToken);

    /// <summary>Triggers replication; cheap, and called after each commit.</summary>
    public void Nudge()
    {
        if (_wake.CurrentCount > 0)
            return;
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // Another thread has nudged.
        }
    }

    /// <summary>
    /// Replicates as much as possible within a few seconds; the rest stays in the spool for the next start.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        _draining = true;
        _stop.CancelAfter(ShutdownDrainTimeout);
        await _skipDelays.CancelAsync();
        Nudge();
        await _running;
        _stop.Dispose();
        _skipDelays.Dispose();
        _wake.Dispose();
    }

    private async Task RunAsync()
    {
        var pause = MinRetryDelay;
        try
        {
            using var only = await FileLock.WaitAsync(Path.Combine(_options.StateFolder, "follow.lock"), _stop.Token);
            while (true)
            {
                // Before reading: records that are recorded during this pass need another one.
                var isLastPass = _draining;
                if (await TryReplicateAsync() is { } moved)
                {
                    pause = MinRetryDelay;
                    if (moved == 0 && isLastPass)
                        return;
                    if (moved == 0)
                        await _wake.WaitAsync(PollInterval, _stop.Token);
                    else if (moved < BatchLimit)
                        await WaitForBatchAsync();
                }
                else
                {
                    if (_draining)
                        return;
                    await Task.Delay(pause, _options.TimeProvider, _stop.Token);
                    pause = pause * 2 < MaxRetryDelay ? pause * 2 : MaxRetryDelay;
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The process is ending; the spool keeps the rest.
        }
    }

    /// <summary>Replicates one batch and returns its length; null if that failed.</summary>
    private async Task<int?> TryReplicateAsync()
    {
        try
        {
            if (!_isMigrated)
                await _store.MigrateAsync(_stop.Token);
            _isMigrated = true;
            var dead = FindStaleInstances(); // Before reading: everything they spent was already in the spool.
            var batch = await ReplicateBatchAsync();
            if (batch.Count < BatchLimit && (await _spool.CountSpooledAsync(_stop.Token)).Refused == 0)
                await ReleaseAsync(dead); // Rejected records may be theirs.
            _outage.NoteSuccess();
            _isReachable = true;
            return batch.Count;
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !_stop.IsCancellationRequested)
        {
            // Regardless of the failure, the records stay in the spool, and it shows in the health report.
            _isReachable = false;
            _outage.NoteFailure(failure);
            return null;
        }
    }

    private async Task<List<(long Seq, ChargedRecord Booked)>> ReplicateBatchAsync()
    {
        // A server that counts limits needs no sums from outside: no other process takes the lock.
        using var moving = _store is ILimitAwareLedgerStore ? null : await LockAsync(_options, _stop.Token);
        var batch = await _spool.ReadOldestAsync(BatchLimit, _stop.Token);
        if (batch.Count > 0)
            await ReplicateAsync(batch);
        return batch;
    }

    /// <summary>Lets more records accumulate, unless shutdown is waiting.</summary>
    private async Task WaitForBatchAsync()
    {
        try
        {
            await Task.Delay(BatchDelay, TimeProvider.System, _skipDelays.Token);
        }
        catch (OperationCanceledException)
        {
            // The last records are sent at once.
        }
    }

    /// <summary>
    /// Returns crashed gateways with all their usage recorded that may still hold leases; checked from time to time.
    /// </summary>
    private List<Guid> FindStaleInstances()
    {
        if (_store is not ILimitAwareLedgerStore)
            return [];
        var clock = TimeProvider.System;
        if (_lastStaleScan is { } last && clock.GetElapsedTime(last) < PollInterval && !_draining)
            return [];
        _lastStaleScan = clock.GetTimestamp();
        return GatewayInstance.FindStaleWithNothingInFlight(_options.StateFolder);
    }

    /// <summary>
    /// Releases the leases of dead instances, and only then removes their files: after a crash in between, the next
    /// check completes it.
    /// </summary>
    private async Task ReleaseAsync(List<Guid> dead)
    {
        foreach (var holder in dead)
        {
            await ((ILimitAwareLedgerStore)_store).Limits.ReleaseAsync(holder, _stop.Token);
            if (GatewayInstance.TryTake(_options.StateFolder, holder) is { } held)
                GatewayInstance.Remove(_options.StateFolder, holder, held);
        }
    }

    /// <summary>Sends a batch; a rejected batch is split in halves until the rejected record is isolated.</summary>
    private async Task ReplicateAsync(List<(long Seq, ChargedRecord Booked)> batch)
    {
        try
        {
            await SendAsync(batch);
        }
        catch (RecordRejectedException) when (batch.Count > 1)
        {
            await ReplicateAsync(batch[..(batch.Count / 2)]);
            await ReplicateAsync(batch[(batch.Count / 2)..]);
            return;
        }
        catch (RecordRejectedException refusal)
        {
            _logger.RecordQuarantined(batch[0].Booked.Record.Id, _options.StateFolder);
            await _spool.Writer.RunAsync(
                new Quarantine(batch[0].Seq, _options.TimeProvider.GetUtcNow(), refusal.Message)
            );
            return;
        }

        await _spool.Writer.RunAsync(new AcknowledgeThrough(batch[^1].Seq));
        Interlocked.Add(ref _replicated, batch.Count);
    }

    private async Task SendAsync(List<(long Seq, ChargedRecord Booked)> batch)
    {
        if (_store is ILimitAwareLedgerStore limited)
            await limited.AppendAsync([.. batch.Select(static row => row.Booked)], _stop.Token);
        else
            await _store.AppendAsync([.. batch.Select(static row => row.Booked.Record)], _stop.Token);
    }
}

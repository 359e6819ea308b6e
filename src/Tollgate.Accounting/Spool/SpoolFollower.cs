using Tollgate.Accounting.Files;
using Tollgate.Accounting.InFlight;
using Tollgate.Accounting.Limits;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Sqlite.Ledger;

namespace Tollgate.Accounting.Spool;

/// <summary>
/// Brings what is booked locally to the server behind, in the order of booking, in batches. A batch leaves the spool
/// after the server has committed it; between the two it stands in both, and is sent again after a crash, which changes
/// nothing. Of the processes on one spool, the holder of the lock follows. A record that the server refuses is set
/// aside, so that it holds nobody up.
/// </summary>
internal sealed class SpoolFollower : IAsyncDisposable
{
    /// <summary>
    /// The most records that are sent at once, and so the most that can be on the server and in the spool.
    /// </summary>
    public const int BatchLimit = 1000;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    // Under load, batches of some size cost the server least.
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1); // Another process on the spool cannot nudge.
    private static readonly TimeSpan LastDrain = TimeSpan.FromSeconds(3);

    private readonly SqliteLedgerStore _spool;
    private readonly ILedgerStore _store;
    private readonly LedgerOptions _options;
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _hurry = new();
    private readonly Task _running;
    private volatile bool _draining;
    private volatile bool _isMigrated;
    private volatile string? _lastError;
    private volatile bool _isReachable;
    private long _followed;
    private long? _lookedForDead;

    public SpoolFollower(SqliteLedgerStore spool, ILedgerStore store, LedgerOptions options)
    {
        (_spool, _store, _options) = (spool, store, options);
        _running = Task.Run(RunAsync);
    }

    /// <summary>Whether the last attempt reached the server.</summary>
    public bool IsReachable => _isReachable;

    /// <summary>The last failure, which may be over.</summary>
    public string? LastError => _lastError;

    /// <summary>Records brought to the server by this process.</summary>
    public long Followed => Interlocked.Read(ref _followed);

    /// <summary>
    /// Keeps all that is in a spool there, whoever follows it, as long as the answer is not disposed of.
    /// </summary>
    public static Task<FileLock> HoldAsync(LedgerOptions options, CancellationToken cancellation) =>
        FileLock.WaitAsync(Path.Combine(options.StateFolder, "move.lock"), cancellation);

    /// <summary>Lets it look; cheap, and called after each commit.</summary>
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

    /// <summary>Brings over what it can within a moment; the rest stays in the spool for the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        _draining = true;
        _stop.CancelAfter(LastDrain);
        await _hurry.CancelAsync();
        Nudge();
        await _running;
        _stop.Dispose();
        _hurry.Dispose();
        _wake.Dispose();
    }

    private async Task RunAsync()
    {
        var pause = ShortestPause;
        try
        {
            using var only = await FileLock.WaitAsync(Path.Combine(_options.StateFolder, "follow.lock"), _stop.Token);
            while (true)
            {
                if (await TryFollowAsync() is { } moved)
                {
                    pause = ShortestPause;
                    if (moved == 0 && _draining)
                        return;
                    if (moved == 0)
                        await _wake.WaitAsync(Look, _stop.Token);
                    else if (moved < BatchLimit)
                        await GatherAsync();
                }
                else
                {
                    if (_draining)
                        return;
                    await Task.Delay(pause, _options.TimeProvider, _stop.Token);
                    pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The process ends; the spool keeps the rest.
        }
    }

    /// <summary>Moves one batch and gives its length; null where that failed.</summary>
    private async Task<int?> TryFollowAsync()
    {
        try
        {
            if (!_isMigrated)
                await _store.MigrateAsync(_stop.Token);
            _isMigrated = true;
            var dead = FindDead(); // Before looking: what they spent was in the spool before.
            var batch = await MoveSomeAsync();
            if (batch.Count < BatchLimit && _spool.Count().Refused == 0)
                await ReleaseAsync(dead); // What was refused, they spent.
            _isReachable = true;
            return batch.Count;
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !_stop.IsCancellationRequested)
        {
            // Whatever it is, the records stay where they are, and it shows in the health report.
            (_lastError, _isReachable) = (failure.Message, false);
            return null;
        }
    }

    private async Task<List<(long Seq, BookedUsage Booked)>> MoveSomeAsync()
    {
        // A server that counts limits is not added up from outside: nobody else takes the lock.
        using var moving = _store is ILimitedLedgerStore ? null : await HoldAsync(_options, _stop.Token);
        var batch = _spool.Oldest(BatchLimit);
        if (batch.Count > 0)
            await MoveAsync(batch);
        return batch;
    }

    /// <summary>Lets more come together, as long as nobody waits for the end.</summary>
    private async Task GatherAsync()
    {
        try
        {
            await Task.Delay(Gather, TimeProvider.System, _hurry.Token);
        }
        catch (OperationCanceledException)
        {
            // The last ones go at once.
        }
    }

    /// <summary>
    /// Gateways that died with all they spent booked, and that may still hold grants; looked for now and then.
    /// </summary>
    private List<Guid> FindDead()
    {
        if (_store is not ILimitedLedgerStore)
            return [];
        var clock = TimeProvider.System;
        if (_lookedForDead is { } last && clock.GetElapsedTime(last) < Look && !_draining)
            return [];
        _lookedForDead = clock.GetTimestamp();
        return GateInstance.DeadWithNothingOpen(_options.StateFolder);
    }

    /// <summary>
    /// Takes back what the dead hold, and only then removes what tells of them: a crash between is made good by the
    /// next look.
    /// </summary>
    private async Task ReleaseAsync(List<Guid> dead)
    {
        foreach (var holder in dead)
        {
            await ((ILimitedLedgerStore)_store).Limits.ReleaseAsync(holder, _stop.Token);
            if (GateInstance.TryTake(_options.StateFolder, holder) is { } held)
                GateInstance.Remove(_options.StateFolder, holder, held);
        }
    }

    /// <summary>
    /// Moves a batch; of one that is refused first the one half, then the other, until what is refused stands alone.
    /// </summary>
    private async Task MoveAsync(List<(long Seq, BookedUsage Booked)> batch)
    {
        try
        {
            await SendAsync(batch);
        }
        catch (RecordRefusedException) when (batch.Count > 1)
        {
            await MoveAsync(batch[..(batch.Count / 2)]);
            await MoveAsync(batch[(batch.Count / 2)..]);
            return;
        }
        catch (RecordRefusedException refusal)
        {
            // Not why: it may quote the record, and health is open to all.
            _lastError = "The server refused a record, which was set aside.";
            await _spool.Writer.RunAsync(
                new SetAside(batch[0].Seq, _options.TimeProvider.GetUtcNow(), refusal.Message)
            );
            return;
        }

        await _spool.Writer.RunAsync(new ForgetUpTo(batch[^1].Seq));
        Interlocked.Add(ref _followed, batch.Count);
    }

    private async Task SendAsync(List<(long Seq, BookedUsage Booked)> batch)
    {
        if (_store is ILimitedLedgerStore limited)
            await limited.AppendAsync([.. batch.Select(static row => row.Booked)], _stop.Token);
        else
            await _store.AppendAsync([.. batch.Select(static row => row.Booked.Record)], _stop.Token);
    }
}

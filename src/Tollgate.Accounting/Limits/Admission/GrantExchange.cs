using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.Limits.Admission;

/// <summary>
/// Manages this gateway's leases: runs one exchange with the store at a time, for all waiting calls, and periodically
/// returns what is not needed and renews the leases. Members that say so are used under the controller's lock.
/// </summary>
internal sealed class GrantExchange : IAsyncDisposable
{
    private readonly ILimitStore _store;
    private readonly GrantHolder _holder;
    private readonly Lock _lock;
    private readonly Func<LimitTable> _table;
    private readonly TimeProvider _clock;
    private readonly AdmissionOptions _options;
    private readonly StoreClock _time;
    private readonly GrantSizing _sizing;
    private readonly WaitingCalls _calls;
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly CancellationTokenSource _stop = new();
    private readonly ITimer _timer;
    private readonly HashSet<(LimitAccount Account, CompiledLimit Limit)> _asked = [];
    private TaskCompletionSource<bool> _waiting = NewWait();
    private TaskCompletionSource<bool>? _underWay;
    private Task? _running;
    private long _next = 1;
    private long _measuredAt;
    private bool _renewalDue;
    private bool _hasEnded;
    private volatile string? _lastError;
    private long _completed;

    public GrantExchange(
        ILimitStore store,
        Guid holder,
        Lock guard,
        Func<LimitTable> table,
        Func<AdmissionRequest, Reservation?> tryTake,
        TimeProvider clock,
        AdmissionOptions options
    )
    {
        (_store, _lock, _table, _clock, _options) = (store, guard, table, clock, options);
        _holder = new GrantHolder(holder, $"{Environment.MachineName}/{Environment.ProcessId}", options.Lease);
        _time = new StoreClock(clock, options.Lease);
        _sizing = new GrantSizing(_time);
        _calls = new WaitingCalls(tryTake, Ask);
        _timer = clock.CreateTimer(_ => RenewSoon(), null, options.RenewInterval, options.RenewInterval);
    }

    /// <summary>The store's time as far as this gateway knows, in microseconds since 1970.</summary>
    public long Now => _time.Now;

    /// <summary>
    /// Whether leased quota may be used: after the lease has expired, an operator may have released it to others.
    /// </summary>
    public bool IsGood => _time.IsGood;

    public string? LastError => _lastError;

    public long Completed => Interlocked.Read(ref _completed);

    /// <summary>
    /// The number of exchanges started so far. While it does not change and no exchange is in progress, what the
    /// accounts hold is what the store has recorded for them. Must be read under the lock.
    /// </summary>
    public long Begun => _next;

    /// <summary>The exchange in progress, or a completed task if there is none. Must be read under the lock.</summary>
    public Task UnderWay => _underWay?.Task ?? Task.CompletedTask;

    /// <summary>
    /// Queues a call until the store grants what it lacks. Calls are served in order of arrival, as soon as the store
    /// has responded, before any that arrive later. Must be called under the lock.
    /// </summary>
    public Task<AdmissionAnswer> WaitAsync(AdmissionRequest request, CancellationToken cancellation)
    {
        // No exchange would ever complete it.
        if (_hasEnded)
            return Task.FromResult(new AdmissionAnswer(null, request.Unavailable()));
        var call = _calls.Add(request);
        return call.Answer.Task.IsCompleted || !cancellation.CanBeCanceled
            ? call.Answer.Task
            : UntilCancelledAsync(call, cancellation);
    }

    /// <summary>
    /// Runs an exchange that renews and returns leases; returns false if the store did not respond or exchanges have
    /// ended.
    /// </summary>
    public Task<bool> RenewAsync()
    {
        lock (_lock)
        {
            if (_hasEnded)
                return Task.FromResult(false);
            _renewalDue = true;
            Wake();
            return _waiting.Task;
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            if (_hasEnded)
                return;
            _hasEnded = true; // No call waits from here on.
        }

        await _timer.DisposeAsync();
        await _stop.CancelAsync();
        if (_running is not null)
            await _running; // If no exchange ever ran, there is nothing to return.
        _wake.Dispose();
        _stop.Dispose();
    }

    private async Task<AdmissionAnswer> UntilCancelledAsync(WaitingCall call, CancellationToken cancellation)
    {
        try
        {
            return await call.Answer.Task.WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            lock (_lock)
                _calls.Remove(call);
            throw;
        }
    }

    /// <summary>Registers what a call lacks for the next exchange and returns the number of that exchange.</summary>
    private long Ask(AdmissionRequest request)
    {
        foreach (var ask in request.Asks)
        {
            var account = ask.Account!;
            var lack = ask.Amount - account.Free;
            if (!account.Grants || (lack <= 0 && IsGood))
                continue;
            account.AskFor(ask.Amount, lack, request.IsForced);
            _asked.Add((account, ask.Limit));
        }

        Wake();
        return _next;
    }

    private void RenewSoon()
    {
        lock (_lock)
        {
            _renewalDue = true;
            Wake();
        }
    }

    /// <summary>
    /// Starts an exchange, or makes another one follow the one in progress. Must be called under the lock.
    /// </summary>
    private void Wake()
    {
        if (_hasEnded)
            return;
        _running ??= Task.Run(RunAsync);
        if (_wake.CurrentCount > 0)
            return;
        try
        {
            _wake.Release();
        }
        catch (Exception failure) when (failure is SemaphoreFullException or ObjectDisposedException)
        {
            // Another thread has already woken it, or it has ended.
        }
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await _wake.WaitAsync(_stop.Token);
                await TryExchangeAsync(_stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            lock (_lock)
            {
                _calls.RefuseAll();
                _underWay?.TrySetResult(false);
                _underWay = null;
                _waiting.TrySetResult(false);
            }

            await GiveBackAsync();
        }
    }

    /// <summary>
    /// Any failure in an exchange other than the store's own is a bug in this program: it is reported, the waiting
    /// calls are completed, and the next exchange is attempted. A gateway whose callers wait forever would be worse.
    /// </summary>
    private async Task TryExchangeAsync(CancellationToken cancellation)
    {
        var waiting = _waiting;
        try
        {
            await ExchangeAsync(cancellation);
        }
        catch (Exception failure)
            when (failure is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            _lastError = $"A lease exchange failed unexpectedly: {failure.Message}";
            lock (_lock)
            {
                // Its effect on the accounts is unknown; their next responses report what the store granted.
                foreach (var limit in _table().All)
                    foreach (var account in limit.Accounts)
                        account.NotAnswered();
                _asked.Clear();
                _calls.RefuseAll();
                _underWay = null;
                if (ReferenceEquals(_waiting, waiting))
                    _waiting = NewWait();
            }

            waiting.TrySetResult(false);
        }
    }

    private async Task ExchangeAsync(CancellationToken cancellation)
    {
        // 1. Collect requests and returns. From here on, new demand waits for the next exchange.
        GrantRound round;
        TaskCompletionSource<bool> waiting;
        lock (_lock)
        {
            round = Collect();
            (waiting, _waiting) = (_waiting, NewWait());
            _underWay = waiting;
        }

        // 2. Let the store decide, in one transaction.
        var sent = _time.Stamp();
        GrantAnswer? answer = null;
        try
        {
            if (round.Orders.Count > 0)
                answer = await _store.ExchangeAsync(_holder, round.Orders, cancellation);
            _lastError = null;
        }
        catch (Exception failure)
            when (failure is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            // Whatever the failure, calls that need more are notified, and the exchange is retried. The next response
            // reports its effect.
            _lastError = failure.Message;
        }

        // 3. Serve the calls from what was granted.
        lock (_lock)
        {
            if (answer is null)
                round.NotAnswered();
            else
                TakeIn(answer, round, sent);
            _calls.Serve(round.Number, answer is not null || round.Orders.Count == 0);
            _underWay = null;
        }

        if (answer is not null)
            Interlocked.Increment(ref _completed);
        waiting.TrySetResult(answer is not null || round.Orders.Count == 0);
    }

    private GrantRound Collect()
    {
        if (_renewalDue)
            NoteRenewals();
        var round = new GrantRound(_next++);
        foreach (var (account, limit) in _asked)
            round.Add(limit, account, _sizing.OrderOf(limit.Limit, account));
        _asked.Clear();
        _renewalDue = false;
        return round;
    }

    /// <summary>Checks all accounts: evicts idle ones and renews those that are worth an exchange.</summary>
    private void NoteRenewals()
    {
        Measure();
        foreach (var limit in _table().All)
        {
            limit.Prune(Now);
            foreach (var account in limit.Accounts)
                if (_sizing.Renews(account))
                    _asked.Add((account, limit));
        }
    }

    private void Measure()
    {
        var seconds =
            _measuredAt == 0 ? _options.RenewInterval.TotalSeconds : _clock.GetElapsedTime(_measuredAt).TotalSeconds;
        _measuredAt = _clock.GetTimestamp();
        foreach (var limit in _table().All)
            foreach (var account in limit.Accounts)
                account.Measure(seconds);
    }

    private void TakeIn(GrantAnswer answer, GrantRound round, (long Timestamp, long Micros) sent)
    {
        _time.Answered(answer, sent);
        if (answer.IsNewHolder)
            LoseAll();
        round.Answered(answer);
    }

    /// <summary>An operator has released this gateway's leases.</summary>
    private void LoseAll()
    {
        foreach (var limit in _table().All)
            foreach (var account in limit.Accounts)
                account.Lose();
    }

    /// <summary>Returns what no call has reserved; what calls in flight hold stays until it is recorded.</summary>
    private async Task GiveBackAsync()
    {
        GrantRound round;
        lock (_lock)
        {
            round = new GrantRound(_next++);
            foreach (var limit in _table().All)
                foreach (var account in limit.Accounts)
                    if (account is { Grants: true, Held: var held } && held > 0)
                        round.Add(
                            limit,
                            account,
                            new GrantOrder(limit.Limit, account.Target, account.GrantWindow, held, 0, 0, 0)
                        );
        }

        if (round.Orders.Count == 0)
            return;
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await _store.ExchangeAsync(_holder, round.Orders, patience.Token);
        }
        catch (Exception failure)
        {
            // Counts as spent until this holder is released, at its next start or by an operator.
            _lastError = failure.Message;
        }
    }

    private static TaskCompletionSource<bool> NewWait() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.Limits.Admission;

/// <summary>
/// Keeps this gate's grants: one exchange with the store at a time, for all calls that wait, and every now and then to
/// give back what is not needed and to renew the lease. The members that say so are used under the controller's lock.
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

    /// <summary>The store's time as far as this gate knows, in microseconds since 1970.</summary>
    public long Now => _time.Now;

    /// <summary>Whether what is held may be used: an operator could by now have given it to others.</summary>
    public bool IsGood => _time.IsGood;

    public string? LastError => _lastError;

    public long Completed => Interlocked.Read(ref _completed);

    /// <summary>
    /// The number of exchanges that ever began. While it stays the same, and none is under way, what accounts hold is
    /// what the store has noted of them. Under the lock.
    /// </summary>
    public long Begun => _next;

    /// <summary>The exchange that is under way, done where none is. Under the lock.</summary>
    public Task UnderWay => _underWay?.Task ?? Task.CompletedTask;

    /// <summary>
    /// Has a call wait for what it lacks. Calls are served in the order in which they came, as soon as the store has
    /// answered, before any that comes later. Under the lock.
    /// </summary>
    public Task<AdmissionAnswer> WaitAsync(AdmissionRequest request, CancellationToken cancellation)
    {
        // Nobody would ever answer.
        if (_hasEnded)
            return Task.FromResult(new AdmissionAnswer(null, request.Unavailable()));
        var call = _calls.Add(request);
        return call.Answer.Task.IsCompleted || !cancellation.CanBeCanceled
            ? call.Answer.Task
            : UntilCancelledAsync(call, cancellation);
    }

    /// <summary>
    /// Has an exchange renew and give back; completes with it, false where there was no answer, or the exchange has
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
            _hasEnded = true; // From here on nobody waits.
        }

        await _timer.DisposeAsync();
        await _stop.CancelAsync();
        if (_running is not null)
            await _running; // What never ran has nothing to give back.
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

    /// <summary>Notes what a call lacks, for the next exchange, whose number it gives.</summary>
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

    /// <summary>Has an exchange begin, or another one follow the one that runs. Under the lock.</summary>
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
            // Another thread woke it, or it has ended.
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
    /// Whatever goes wrong in an exchange beside the store's own failures is a mistake of this program: it is told,
    /// those who wait are answered, and the next exchange is tried. A gate whose callers wait for ever would be worse.
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
            _lastError = $"An exchange of grants failed unforeseen: {failure.Message}";
            lock (_lock)
            {
                // What it did to the accounts nobody knows; their next answers say what the store gave.
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
        // 1. What is asked and given back. From here on, whoever asks waits for the next exchange.
        GrantRound round;
        TaskCompletionSource<bool> waiting;
        lock (_lock)
        {
            round = Collect();
            (waiting, _waiting) = (_waiting, NewWait());
            _underWay = waiting;
        }

        // 2. The store decides, in one transaction.
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
            // Whatever it is, calls that need more are told so, and it is tried again. What it did, the next answer
            // says.
            _lastError = failure.Message;
        }

        // 3. What it granted can be taken.
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

    /// <summary>Looks at all accounts: forgets idle ones, and asks for those that are worth it.</summary>
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

    /// <summary>An operator has given to others what this gate held.</summary>
    private void LoseAll()
    {
        foreach (var limit in _table().All)
            foreach (var account in limit.Accounts)
                account.Lose();
    }

    /// <summary>Gives back what no call has reserved; what calls under way have stays until it is booked.</summary>
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
            // It counts as spent until this holder is released, by its next start or by an operator.
            _lastError = failure.Message;
        }
    }

    private static TaskCompletionSource<bool> NewWait() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

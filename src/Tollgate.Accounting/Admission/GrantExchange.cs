using Tollgate.Accounting.Admission.Stores;
using Tollgate.Metering.Limits;

namespace Tollgate.Accounting.Admission;

/// <summary>
/// Keeps this gate's grants: one exchange with the store at a time, for all calls that wait, and every now and then to
/// give back what is not needed and to renew the lease. The members that say so are used under the controller's lock.
/// </summary>
internal sealed class GrantExchange : IAsyncDisposable
{
    /// <summary>A grant for calls to come covers the demand of this long.</summary>
    private const int DemandSeconds = 2;

    /// <summary>Before the demand is known, a grant covers this many times what is waiting.</summary>
    private const int FirstExtra = 8;

    private static readonly long IdleMicros = Micros(TimeSpan.FromSeconds(2));
    private static readonly long PruneMicros = Micros(TimeSpan.FromMinutes(2));

    private readonly ILimitStore _store;
    private readonly GrantHolder _holder;
    private readonly Lock _lock;
    private readonly Func<LimitTable> _table;
    private readonly TimeProvider _clock;
    private readonly AdmissionOptions _options;
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly CancellationTokenSource _stop = new();
    private readonly ITimer _timer;
    private readonly Task _running;
    private readonly HashSet<(LimitAccount Account, CompiledLimit Limit)> _asked = [];
    private readonly Func<AdmissionRequest, Reservation?> _tryTake;
    private readonly List<WaitingCall> _calls = [];
    private TaskCompletionSource<bool> _waiting = NewWait();
    private long _next = 1;
    private long _leaseEnd;
    private long _offset;
    private long _measuredAt;
    private bool _renewalDue;
    private volatile string? _lastError;
    private long _completed;

    public GrantExchange(ILimitStore store, Guid holder, Lock guard, Func<LimitTable> table, Func<AdmissionRequest, Reservation?> tryTake, TimeProvider clock, AdmissionOptions options)
    {
        (_store, _lock, _table, _tryTake, _clock, _options) = (store, guard, table, tryTake, clock, options);
        _holder = new GrantHolder(holder, $"{Environment.MachineName}/{Environment.ProcessId}", options.Lease);
        _timer = clock.CreateTimer(_ => RenewSoon(), null, options.RenewInterval, options.RenewInterval);
        _running = Task.Run(RunAsync);
    }

    /// <summary>The store's time as far as this gate knows, in microseconds since 1970.</summary>
    public long Now => Micros(_clock.GetUtcNow() - DateTimeOffset.UnixEpoch) + Volatile.Read(ref _offset);

    /// <summary>Whether what is held may be used: an operator could by now have given it to others.</summary>
    public bool IsGood => _clock.GetTimestamp() < Volatile.Read(ref _leaseEnd);

    public string? LastError => _lastError;

    public long Completed => Interlocked.Read(ref _completed);

    /// <summary>
    /// Has a call wait for what it lacks. Calls are served in the order in which they came, as soon as the store has
    /// answered, before any that comes later. Under the lock.
    /// </summary>
    public Task<AdmissionAnswer> WaitAsync(AdmissionRequest request, CancellationToken cancellation)
    {
        var call = new WaitingCall(request);
        _calls.Add(call);
        Ask(call);
        return call.Answer.Task.IsCompleted || !cancellation.CanBeCanceled ? call.Answer.Task : UntilCancelledAsync(call, cancellation);
    }

    /// <summary>Has an exchange renew and give back; completes with it.</summary>
    public Task<bool> RenewAsync()
    {
        lock (_lock)
        {
            _renewalDue = true;
            Wake();
            return _waiting.Task;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        await _stop.CancelAsync();
        await _running;
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
            lock (_lock) _calls.Remove(call);
            // It may have been served just then.
            if (call.Answer.Task is { IsCompletedSuccessfully: true, Result.Reservation: { } reservation }) reservation.Release();
            throw;
        }
    }

    /// <summary>Notes what a call lacks, for the next exchange.</summary>
    private void Ask(WaitingCall call)
    {
        foreach (var ask in call.Request.Asks)
        {
            var account = ask.Account!;
            var lack = ask.Amount - account.Free;
            if (!account.Grants || (lack <= 0 && IsGood)) continue;
            account.AskFor(ask.Amount, lack, call.Request.IsForced);
            _asked.Add((account, ask.Limit));
        }

        call.Exchange = _next;
        Wake();
    }

    /// <summary>Serves whom it can, refuses whom the store cannot serve, and lets the others ask again.</summary>
    private void Serve(long number, bool answered)
    {
        for (var index = 0; index < _calls.Count; index++)
        {
            var call = _calls[index];
            if (call.Exchange > number) continue;
            if (AnswerTo(call, answered) is { } answer)
            {
                call.Answer.SetResult(answer);
                _calls[index] = null!;
            }
            else
            {
                Ask(call); // Others who came first took it, or a window has ended.
            }
        }

        _calls.RemoveAll(static call => call is null);
    }

    private AdmissionAnswer? AnswerTo(WaitingCall call, bool answered)
    {
        if (_tryTake(call.Request) is { } taken) return new AdmissionAnswer(taken, null);
        if (!answered) return new AdmissionAnswer(null, call.Request.Unavailable());
        return !call.Request.IsForced && call.Request.Exhausted(call.Exchange) is { } refusal ? new AdmissionAnswer(null, refusal) : null;
    }

    private void RenewSoon()
    {
        lock (_lock) _renewalDue = true;
        Wake();
    }

    private void Wake()
    {
        if (_wake.CurrentCount > 0) return;
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
                await ExchangeAsync(_stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            lock (_lock)
            {
                foreach (var call in _calls) call.Answer.TrySetResult(new AdmissionAnswer(null, call.Request.Unavailable()));
                _calls.Clear();
                _waiting.TrySetResult(false);
            }

            await GiveBackAsync();
        }
    }

    private async Task ExchangeAsync(CancellationToken cancellation)
    {
        // 1. What is asked and given back. From here on, whoever asks waits for the next exchange.
        List<(CompiledLimit Limit, LimitAccount Account)> accounts = [];
        List<GrantOrder> orders = [];
        TaskCompletionSource<bool> waiting;
        long number;
        lock (_lock)
        {
            Collect(accounts, orders);
            number = _next++;
            (waiting, _waiting) = (_waiting, NewWait());
        }

        // 2. The store decides, in one transaction.
        var (sent, sentAt) = (_clock.GetTimestamp(), _clock.GetUtcNow());
        GrantAnswer? answer = null;
        try
        {
            if (orders.Count > 0) answer = await _store.ExchangeAsync(_holder, orders, cancellation);
            _lastError = null;
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            // Whatever it is, calls that need more are told so, and it is tried again. What it did, the next answer says.
            _lastError = failure.Message;
        }

        // 3. What it granted can be taken.
        lock (_lock)
        {
            if (answer is not null) TakeIn(answer, accounts, orders, number, sent, sentAt);
            else foreach (var (_, account) in accounts) account.NotAnswered();
            Serve(number, answer is not null || orders.Count == 0);
        }

        if (answer is not null) Interlocked.Increment(ref _completed);
        waiting.SetResult(answer is not null || orders.Count == 0);
    }

    private void Collect(List<(CompiledLimit Limit, LimitAccount Account)> accounts, List<GrantOrder> orders)
    {
        var renew = _renewalDue;
        if (renew) Measure();
        if (renew)
        {
            foreach (var limit in _table().All)
            {
                limit.Prune(Now - PruneMicros);
                foreach (var account in limit.Accounts)
                    if (Renews(account))
                        _asked.Add((account, limit));
            }
        }

        foreach (var (account, limit) in _asked)
        {
            var order = OrderOf(limit.Limit, account);
            account.GiveBack(order.GiveBack);
            account.Asked();
            accounts.Add((limit, account));
            orders.Add(order);
        }

        _asked.Clear();
        _renewalDue = false;
    }

    /// <summary>Whether an account is worth an exchange though no call waits for it.</summary>
    private bool Renews(LimitAccount account)
    {
        if (Now >= account.WindowEnd) return false;
        if (account.Withdrawn > 0) return true;
        if (!account.Grants) return account.LastAsked > Now - IdleMicros;
        return account.IsUnsure || account.Free < 0 || Excess(account) > 0 || IsLow(account) || (account.Free + account.Reserved > 0 && LeaseIsHalfOver);
    }

    private bool LeaseIsHalfOver => _clock.GetElapsedTime(_clock.GetTimestamp(), Volatile.Read(ref _leaseEnd)) < _options.Lease / 2;

    private bool IsLow(LimitAccount account) =>
        account.LastAsked > Now - IdleMicros && account.Demand > 0 && account.Free < account.Demand && account.Last.Rest > 0;

    /// <summary>What is held beyond the demand: all of it once nobody has asked for a while.</summary>
    private Int128 Excess(LimitAccount account)
    {
        if (account.LastAsked < Now - IdleMicros) return Int128.Max(0, account.Free);
        var keep = Int128.Max(account.Demand * DemandSeconds * 2, account.Last.Rest / 5);
        return account.Free > keep ? account.Free - (account.Demand * DemandSeconds) : 0;
    }

    private GrantOrder OrderOf(Limit limit, LimitAccount account)
    {
        if (!account.Grants) return new GrantOrder(limit, account.Target, account.GrantWindow, 0, 0, 0, 0);
        // What calls took beyond their reservations is spent, whoever else would have had it.
        var owed = Int128.Max(0, -account.Free);
        var forced = Int128.Max(account.Forced, owed);
        var missing = account.Need > 0 ? Int128.Max(0, account.Need - account.Free - owed) : 0;
        var demand = account.Demand * DemandSeconds;
        if (missing > 0 || forced > 0)
        {
            var smallest = Int128.Max(0, account.Smallest - owed);
            return new GrantOrder(limit, account.Target, account.GrantWindow, account.Withdrawn, missing, smallest, Int128.Max(demand, missing * FirstExtra), forced);
        }

        if (IsLow(account)) return new GrantOrder(limit, account.Target, account.GrantWindow, account.Withdrawn, 1, 1, demand);
        return new GrantOrder(limit, account.Target, account.GrantWindow, Excess(account) + account.Withdrawn, 0, 0, 0);
    }

    private void Measure()
    {
        var seconds = _measuredAt == 0 ? _options.RenewInterval.TotalSeconds : _clock.GetElapsedTime(_measuredAt).TotalSeconds;
        _measuredAt = _clock.GetTimestamp();
        foreach (var limit in _table().All)
            foreach (var account in limit.Accounts)
                account.Measure(seconds);
    }

    private void TakeIn(GrantAnswer answer, List<(CompiledLimit Limit, LimitAccount Account)> accounts, List<GrantOrder> orders, long number, long sent, DateTimeOffset sentAt)
    {
        // The store's moment was some time between sending and now; what was known of its clock stays, as far as that can be.
        var (least, most) = (answer.Now - Micros(_clock.GetUtcNow() - DateTimeOffset.UnixEpoch), answer.Now - Micros(sentAt - DateTimeOffset.UnixEpoch));
        Volatile.Write(ref _offset, Math.Clamp(_offset, Math.Min(least, most), Math.Max(least, most)));
        // A fifth is left for clocks that do not run alike.
        Volatile.Write(ref _leaseEnd, sent + (long)(_options.Lease.TotalSeconds * 0.8 * _clock.TimestampFrequency));
        if (answer.IsNewHolder) LoseAll();
        for (var index = 0; index < accounts.Count; index++)
        {
            var (limit, account) = accounts[index];
            var state = answer.States[index];
            if (account.GrantWindow != state.GrantWindow) account = limit.Account(account.Target, state);
            account.Answered(state, number);
            if (!ReferenceEquals(orders[index].Limit, limit.Limit)) account.Withdraw(); // It was given under the limit as it was.
        }
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
        List<GrantOrder> orders = [];
        lock (_lock)
        {
            foreach (var limit in _table().All)
                foreach (var account in limit.Accounts)
                    if (account is { Grants: true, Held: var held } && held > 0)
                        orders.Add(new GrantOrder(limit.Limit, account.Target, account.GrantWindow, held, 0, 0, 0));
        }

        if (orders.Count == 0) return;
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await _store.ExchangeAsync(_holder, orders, patience.Token);
        }
        catch (Exception failure)
        {
            _lastError = failure.Message; // It counts as spent until this holder is released, by its next start or by an operator.
        }
    }

    private static long Micros(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMicrosecond;

    private static TaskCompletionSource<bool> NewWait() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A call that waits for the store.</summary>
    private sealed class WaitingCall(AdmissionRequest request)
    {
        public AdmissionRequest Request => request;

        public TaskCompletionSource<AdmissionAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>The number of the exchange that hears it.</summary>
        public long Exchange { get; set; }
    }
}

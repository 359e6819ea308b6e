using Microsoft.Extensions.Logging;
using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.Logging;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Time;

namespace Tollgate.Accounting.Limits.Admission;

/// <summary>
/// Manages this gateway's leases: runs one exchange with the store at a time, for all waiting calls, and periodically
/// returns what is not needed and renews the leases. Members that say so are used under the controller's lock.
/// </summary>
internal sealed class LeaseSynchronizer : IAsyncDisposable
{
    private readonly ILimitStore _store;
    private readonly LeaseHolder _holder;
    private readonly Lock _lock;
    private readonly StoreClock _time;
    private readonly PendingRequests _requests;
    private readonly WaitingCalls _calls;
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly CancellationTokenSource _stop = new();
    private readonly ITimer _timer;
    private TaskCompletionSource<bool> _nextExchange = CreateCompletionSource();
    private TaskCompletionSource<bool>? _currentExchange;
    private Task? _running;
    private bool _hasEnded;
    private readonly ILogger _logger;
    private readonly OutageMonitor _outage;
    private long _completed;

    public LeaseSynchronizer(
        ILimitStore store,
        Guid holder,
        LeaseAccounts accounts,
        TimeProvider clock,
        AdmissionOptions options
    )
    {
        _logger = options.LoggerFactory.CreateLogger<LeaseSynchronizer>();
        _outage = new OutageMonitor(clock, _logger.CountersUnavailable, _logger.CountersRecovered);
        (_store, _lock) = (store, accounts.Guard);
        _holder = new LeaseHolder(holder, $"{Environment.MachineName}/{Environment.ProcessId}", options.LeaseDuration);
        _time = new StoreClock(clock, options.LeaseDuration);
        _requests = new PendingRequests(accounts.Table, _time, clock, options.RenewInterval);
        _calls = new WaitingCalls(accounts.TryTake, RequestMore);
        _timer = clock.CreateTimer(_ => ScheduleRenewal(), null, options.RenewInterval, options.RenewInterval);
    }

    /// <summary>The store's time as far as known to this gateway.</summary>
    public UnixMicros Now => _time.Now;

    /// <summary>
    /// True if leased quota may be used: after the lease has expired, an operator may have released it to others.
    /// </summary>
    public bool IsLeaseValid => _time.IsLeaseValid;

    /// <summary>When the store last failed; null if it never did.</summary>
    public DateTimeOffset? LastFailureAt => _outage.LastFailureAt;

    /// <summary>True if the last exchange succeeded.</summary>
    public bool IsStoreReachable => !_outage.IsFailing;

    public long CompletedCount => Interlocked.Read(ref _completed);

    /// <summary>
    /// The number of exchanges started so far. While it does not change and no exchange is in progress, what the
    /// accounts hold is what the store has recorded for them. Must be read under the lock.
    /// </summary>
    public long StartedCount => _requests.NextNumber;

    /// <summary>The exchange in progress, or a completed task if there is none. Must be read under the lock.</summary>
    public Task CurrentExchange => _currentExchange?.Task ?? Task.CompletedTask;

    /// <summary>
    /// Queues a call until the store grants what it lacks. Calls are served in order of arrival, as soon as the store
    /// has responded, before any that arrive later. Must be called under the lock.
    /// </summary>
    public Task<AdmissionResult> WaitAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        // No exchange would ever complete it.
        if (_hasEnded)
            return Task.FromResult(new AdmissionResult(null, request.RefuseUnavailable()));
        var call = _calls.Add(request);
        return call.Result.Task.IsCompleted || !cancellationToken.CanBeCanceled
            ? call.Result.Task
            : WaitForResultAsync(call, cancellationToken);
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
            _requests.IsRenewalDue = true;
            StartExchange();
            return _nextExchange.Task;
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

    private async Task<AdmissionResult> WaitForResultAsync(WaitingCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await call.Result.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            lock (_lock)
                _calls.Remove(call);
            throw;
        }
    }

    /// <summary>Registers what a call lacks for the next exchange and returns the number of that exchange.</summary>
    private long RequestMore(AdmissionRequest request)
    {
        _requests.Add(request);
        StartExchange();
        return _requests.NextNumber;
    }

    private void ScheduleRenewal()
    {
        lock (_lock)
        {
            _requests.IsRenewalDue = true;
            StartExchange();
        }
    }

    /// <summary>
    /// Starts an exchange, or makes another one follow the one in progress. Must be called under the lock.
    /// </summary>
    private void StartExchange()
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
                _currentExchange?.TrySetResult(false);
                _currentExchange = null;
                _nextExchange.TrySetResult(false);
            }

            await ReturnLeasesAsync();
        }
    }

    /// <summary>
    /// Any failure in an exchange other than the store's own is a bug in this program: it is reported, the waiting
    /// calls are completed, and the next exchange is attempted. A gateway whose callers wait forever would be worse.
    /// </summary>
    private async Task TryExchangeAsync(CancellationToken cancellationToken)
    {
        var waiting = _nextExchange;
        try
        {
            await ExchangeAsync(cancellationToken);
        }
        catch (Exception failure)
            when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            _outage.NoteFailure(failure);
            lock (_lock)
            {
                _requests.Abandon();
                _calls.RefuseAll();
                _currentExchange = null;
                if (ReferenceEquals(_nextExchange, waiting))
                    _nextExchange = CreateCompletionSource();
            }

            waiting.TrySetResult(false);
        }
    }

    private async Task ExchangeAsync(CancellationToken cancellationToken)
    {
        // 1. Collect requests and returns. From here on, new demand waits for the next exchange.
        LeaseBatch round;
        TaskCompletionSource<bool> waiting;
        lock (_lock)
        {
            round = _requests.Collect();
            (waiting, _nextExchange) = (_nextExchange, CreateCompletionSource());
            _currentExchange = waiting;
        }

        // 2. Let the store decide, in one transaction.
        var sent = _time.Stamp();
        LeaseResponse? answer = null;
        try
        {
            if (round.Requests.Count > 0)
                answer = await _store.ExchangeAsync(_holder, round.Requests, cancellationToken);
        }
        catch (Exception failure)
            when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Regardless of the failure, calls that need more are notified, and the exchange is retried. The next
            // response reports its effect.
            _outage.NoteFailure(failure);
        }

        // 3. Serve the calls from what was granted.
        lock (_lock)
        {
            if (answer is null)
                round.MarkUnanswered();
            else
                _requests.Apply(answer, round, sent);
            _calls.Serve(round.Number, answer is not null || round.Requests.Count == 0);
            _currentExchange = null;
        }

        if (answer is not null)
        {
            Interlocked.Increment(ref _completed);
            _outage.NoteSuccess();
        }

        waiting.TrySetResult(answer is not null || round.Requests.Count == 0);
    }

    /// <summary>Returns what no call has reserved; what calls in flight hold stays until it is recorded.</summary>
    private async Task ReturnLeasesAsync()
    {
        LeaseBatch round;
        lock (_lock)
            round = _requests.CollectReturns();

        if (round.Requests.Count == 0)
            return;
        try
        {
            using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await _store.ExchangeAsync(_holder, round.Requests, timeout.Token);
        }
        catch (Exception failure)
        {
            // Counts as spent until this holder is released, at its next start or by an operator.
            _logger.LeasesNotReturned(failure);
        }
    }

    private static TaskCompletionSource<bool> CreateCompletionSource() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);
}

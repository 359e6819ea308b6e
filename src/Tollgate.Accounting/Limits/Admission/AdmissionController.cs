using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Metering.Limits;

namespace Tollgate.Accounting.Limits.Admission;

/// <summary>
/// Admits calls as far as their limits allow: the maximum a call may cost is reserved on all limits that apply to it,
/// or on none, before it is sent. A gateway reserves in memory from the leases it holds on the shared counters; a call
/// waits for the store only if a lease is too small. All methods may be called from any thread.
/// </summary>
public sealed class AdmissionController : IAsyncDisposable
{
    /// <summary>
    /// Maximum re-reads of limit status before giving up on a consistent snapshot; a busy instance may never see one.
    /// </summary>
    private const int MaxStatusReads = 10;

    private readonly Lock _lock = new();
    private readonly AdmissionOptions _options;
    private readonly TimeProvider _clock;
    private readonly LeaseSynchronizer _exchange;
    private readonly Dictionary<string, CompiledLimit> _limits = [];
    private readonly ILimitStore _store;
    private readonly Guid _holder;
    private volatile LimitTable _table = LimitTable.Empty;
    private volatile string? _suspended;

    /// <summary>Creates a controller without limits; <see cref="Use"/> sets them.</summary>
    /// <param name="store">The shared counters.</param>
    /// <param name="holder">The ledger instance that records what is reserved here
    /// (<see cref="UsageLedger.InstanceId"/>).</param>
    /// <param name="clock">The clock.</param>
    /// <param name="options">How calls are admitted.</param>
    public AdmissionController(ILimitStore store, Guid holder, TimeProvider clock, AdmissionOptions? options = null)
    {
        (_options, _clock, _store, _holder) = (options ?? new AdmissionOptions(), clock, store, holder);
        var accounts = new LeaseAccounts(_lock, () => _table, TryTake);
        _exchange = new LeaseSynchronizer(store, holder, accounts, clock, _options);
    }

    /// <summary>True if there are any limits; if not, nothing needs to be computed for a call.</summary>
    public bool HasLimits => !_table.IsEmpty;

    /// <summary>The limits in force.</summary>
    public IReadOnlyList<Limit> Limits => [.. _table.All.Select(static limit => limit.Limit)];

    /// <summary>True if the counter store responded when it was last needed.</summary>
    public bool IsStoreReachable => _exchange.IsStoreReachable;

    /// <summary>When the counter store last failed; null if it never did. The log has the reason.</summary>
    public DateTimeOffset? StoreFailedAt => _exchange.LastFailureAt;

    /// <summary>The number of completed exchanges with the counter store.</summary>
    public long CompletedExchanges => _exchange.CompletedCount;

    /// <summary>Why no call under a hard limit is admitted; null if calls are admitted.</summary>
    public string? SuspensionCause => _suspended;

    /// <summary>The number of counters that this gateway keeps in memory.</summary>
    internal int AccountCount
    {
        get
        {
            lock (_lock)
                return _limits.Values.Sum(static limit => limit.Accounts.Count);
        }
    }

    /// <summary>
    /// Refuses all calls under hard limits with a counter, because those cannot be enforced at the moment. A limit on a
    /// single call still applies, and calls that are forced are still admitted.
    /// </summary>
    /// <param name="cause">The reason, for callers and operators; null admits calls again.</param>
    public void Suspend(string? cause) => _suspended = cause;

    /// <summary>
    /// Replaces the limits in force. An existing limit keeps its count; calls in flight keep their reservations.
    /// </summary>
    public void Use(IReadOnlyList<Limit> limits)
    {
        lock (_lock)
        {
            if (limits.Count > 0 || !_table.IsEmpty)
                Replace(limits);
            else
                _store.SetMonitored(limits);
        }
    }

    /// <summary>Must be called under the lock.</summary>
    private void Replace(IReadOnlyList<Limit> limits)
    {
        limits = [.. limits.Select(WithThresholds)];
        var table = new List<CompiledLimit>();
        foreach (var limit in limits)
        {
            if (!_limits.TryGetValue(limit.Id, out var known))
                known = new CompiledLimit(limit);
            else
                known.Update(limit);
            table.Add(known);
        }

        _limits.Clear();
        foreach (var limit in table)
            _limits[limit.Limit.Id] = limit;
        _table = new LimitTable(table);
        _store.SetMonitored(limits);
    }

    /// <summary>
    /// Reserves on all limits that apply to a call, or on none. Completes synchronously if the leases at hand are
    /// sufficient.
    /// </summary>
    /// <param name="subject">The attributes of the call.</param>
    /// <param name="bound">The maximum that the call can consume.</param>
    /// <param name="force">True if the call is admitted in any case, because it has already happened.</param>
    /// <param name="cancellationToken">Cancels the wait; nothing is reserved then.</param>
    public ValueTask<AdmissionResult> ReserveAsync(
        in LimitSubject subject,
        in LimitDemand bound,
        bool force = false,
        CancellationToken cancellationToken = default
    )
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<AdmissionResult>(cancellationToken);
        var table = _table;
        if (table.IsEmpty)
            return default;
        var request = AdmissionRequest.Create(table, subject, bound, _options, _exchange.Now);
        if (request is null)
            return default;
        if (request.Refusal is { } refusal && !force)
            return ValueTask.FromResult(new AdmissionResult(null, refusal));
        if (_suspended is { } cause && !force && request.RefuseSuspended(cause) is { } suspended)
            return ValueTask.FromResult(new AdmissionResult(null, suspended));
        request.IsForced = force;
        lock (_lock)
        {
            if (request.BoundTargets(subject, _options.MaxValues, _exchange.Now) is { } tooMany)
                return ValueTask.FromResult(new AdmissionResult(null, tooMany));
            if (TryTake(request) is { } taken)
                return ValueTask.FromResult(new AdmissionResult(taken, null));
            return new ValueTask<AdmissionResult>(_exchange.WaitAsync(request, cancellationToken));
        }
    }

    /// <summary>
    /// Returns the status of the limits from which a call has reserved, as far as known to this gateway without asking
    /// the store.
    /// </summary>
    public IReadOnlyList<LimitStatus> GetStatuses(Reservation reservation)
    {
        var statuses = new LimitStatus[reservation.Holds.Length];
        var now = _clock.GetUtcNow();
        lock (_lock)
        {
            for (var index = 0; index < statuses.Length; index++)
                statuses[index] = LimitStatus.Create(reservation.Holds[index].Account, now);
        }

        return statuses;
    }

    /// <summary>
    /// Reads the status of the limits that apply to a call. Quota leased here for future calls counts as remaining.
    /// </summary>
    /// <exception cref="LedgerUnavailableException">The counters cannot be reached.</exception>
    public async Task<IReadOnlyList<LimitStatus>> ReadStatusesAsync(
        LimitSubject subject,
        CancellationToken cancellationToken = default
    )
    {
        for (var tries = 1; ; tries++)
        {
            long begun;
            Task underWay;
            lock (_lock)
                (begun, underWay) = (_exchange.StartedCount, _exchange.CurrentExchange);
            await underWay.WaitAsync(cancellationToken);
            var statuses = await LimitStatusReader.ReadAsync(
                _store,
                Limits,
                subject,
                _clock.GetUtcNow(),
                cancellationToken
            );
            lock (_lock)
            {
                // Amounts that another exchange moved in between are counted in one of them and missing in the other.
                if (begun == _exchange.StartedCount || tries == MaxStatusReads)
                    return [.. statuses.Select(Own)];
            }
        }

        LimitStatus Own(LimitStatus status) =>
            _limits.GetValueOrDefault(status.Limit.Id)?.GetAccount(status.Target, _exchange.Now)
                is { Lease.Free: var free } account
            && account.Limit.LeasesQuota()
            && free > 0
                ? status with
                {
                    Reserved = status.Reserved - free,
                    Left = status.Left + free,
                }
                : status;
    }

    /// <summary>
    /// Renews the leases now and returns what is not needed; returns false if the store did not respond.
    /// </summary>
    /// <param name="cancellationToken">Cancels the wait; an exchange that has started completes.</param>
    public Task<bool> RenewAsync(CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<bool>(cancellationToken)
            : _exchange.RenewAsync().WaitAsync(cancellationToken);

    /// <summary>Stops renewing leases and returns everything that no call has reserved.</summary>
    public ValueTask DisposeAsync() => _exchange.DisposeAsync();

    private Limit WithThresholds(Limit limit) =>
        limit is { Metric: LimitMetric.Cost, Mode: not LimitMode.Shadow, AlertThresholds.IsDefaultOrEmpty: true }
            ? limit with
            {
                AlertThresholds = _options.DefaultThresholds,
            }
            : limit;

    internal void Settle(Reservation reservation, in LimitDemand used)
    {
        lock (_lock)
        {
            foreach (var hold in reservation.Holds)
            {
                var metric = hold.Account.Limit.Metric;
                hold.Account.Settle(
                    hold.Amount,
                    metric == LimitMetric.ConcurrentRequests ? 0 : used[metric] ?? hold.IfUnpriced ?? 0,
                    hold.Source
                );
            }
        }
    }

    internal void Release(Reservation reservation)
    {
        lock (_lock)
        {
            foreach (var hold in reservation.Holds)
                hold.Account.Settle(hold.Amount, 0, hold.Source);
        }
    }

    /// <summary>
    /// Takes from all accounts or from none; returns null if a lease is too small. Must be called under the lock.
    /// </summary>
    private Reservation? TryTake(AdmissionRequest request)
    {
        if (!request.TryResolve(_exchange.Now, _exchange.IsLeaseValid))
            return null;
        var passed = request.ExceededSoftLimit;
        var charges = new ChargedLimit[request.Demands.Count];
        var holds = new Reservation.Hold[request.Demands.Count];
        for (var index = 0; index < holds.Length; index++)
        {
            var ask = request.Demands[index];
            var account = ask.Account!;
            if (
                ask.Limit.Limit is { Mode: LimitMode.Soft } soft
                && account.CommittedAt(request.Now) + ask.Amount > soft.MaxAt(request.Now.ToTime())
            )
                passed ??= soft;
            var source = account.Take(ask.Amount);
            charges[index] = account.ChargeAt(request.Now, ask.IfUnpriced);
            holds[index] = new Reservation.Hold(account, ask.Amount, ask.IfUnpriced, source);
        }

        return new Reservation(this, holds, new LimitCharges(_holder, charges), passed);
    }
}

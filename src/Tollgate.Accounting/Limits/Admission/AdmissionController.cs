using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Time;
using Tollgate.Metering.Limits;

namespace Tollgate.Accounting.Limits.Admission;

/// <summary>
/// Lets calls through as far as their limits allow: what a call may cost at most is reserved on all limits that concern
/// it, or on none, before it is sent. A gate reserves from grants that it holds of the shared counters, in memory; only
/// where a grant does not suffice does a call wait for the store. All methods may be called from any thread.
/// </summary>
public sealed class AdmissionController : IAsyncDisposable
{
    /// <summary>
    /// Of how limits stand, until no exchange has come between: on a busy gate there may always be one.
    /// </summary>
    private const int MostReadings = 10;

    private readonly Lock _lock = new();
    private readonly AdmissionOptions _options;
    private readonly TimeProvider _clock;
    private readonly GrantExchange _exchange;
    private readonly Dictionary<string, CompiledLimit> _limits = [];
    private readonly ILimitStore _store;
    private readonly Guid _holder;
    private volatile LimitTable _table = LimitTable.Empty;
    private volatile string? _suspended;

    /// <summary>A controller without limits; <see cref="Use"/> gives it some.</summary>
    /// <param name="store">The shared counters.</param>
    /// <param name="holder">The opening of the ledger that books what is reserved here
    /// (<see cref="UsageLedger.InstanceId"/>).</param>
    /// <param name="clock">The clock.</param>
    /// <param name="options">How calls are admitted.</param>
    public AdmissionController(ILimitStore store, Guid holder, TimeProvider clock, AdmissionOptions? options = null)
    {
        (_options, _clock, _store, _holder) = (options ?? new AdmissionOptions(), clock, store, holder);
        _exchange = new GrantExchange(store, holder, _lock, () => _table, TryTake, clock, _options);
    }

    /// <summary>Whether there is any limit at all; without one, nothing need be computed for a call.</summary>
    public bool HasLimits => !_table.IsEmpty;

    /// <summary>The limits that hold now.</summary>
    public IReadOnlyList<Limit> Limits => [.. _table.All.Select(static limit => limit.Limit)];

    /// <summary>The last failure of the counters' store; null where it answers.</summary>
    public string? StoreError => _exchange.LastError;

    /// <summary>The number of exchanges with the store of the counters.</summary>
    public long Exchanges => _exchange.Completed;

    /// <summary>Why no call under a hard limit is let through; null where they are.</summary>
    public string? Suspended => _suspended;

    /// <summary>How many counters this gate keeps in memory.</summary>
    internal int Accounts
    {
        get
        {
            lock (_lock)
                return _limits.Values.Sum(static limit => limit.Accounts.Count);
        }
    }

    /// <summary>
    /// Refuses all calls under hard limits that are counted, because nobody can keep those now; a limit on a single
    /// call holds as before. Calls that are let through in any case are.
    /// </summary>
    /// <param name="cause">Why, for callers and for operators; null lets calls through again.</param>
    public void Suspend(string? cause) => _suspended = cause;

    /// <summary>
    /// Puts other limits in force. A limit that was there goes on with its count; calls under way keep what they
    /// reserved.
    /// </summary>
    public void Use(IReadOnlyList<Limit> limits)
    {
        lock (_lock)
        {
            if (limits.Count > 0 || !_table.IsEmpty)
                Replace(limits);
            else
                _store.Watch(limits);
        }
    }

    /// <summary>Under the lock.</summary>
    private void Replace(IReadOnlyList<Limit> limits)
    {
        limits = [.. limits.Select(WithThresholds)];
        var table = new List<CompiledLimit>();
        foreach (var limit in limits)
        {
            if (!_limits.TryGetValue(limit.Id, out var known))
                known = new CompiledLimit(limit);
            else
                known.Become(limit);
            table.Add(known);
        }

        _limits.Clear();
        foreach (var limit in table)
            _limits[limit.Limit.Id] = limit;
        _table = new LimitTable(table);
        _store.Watch(limits);
    }

    /// <summary>
    /// Reserves on all limits that concern a call, or on none. Where the grants at hand suffice it completes at once.
    /// </summary>
    /// <param name="subject">What the call is.</param>
    /// <param name="bound">The most that it can take.</param>
    /// <param name="force">Whether it is let through in any case, because it has happened already.</param>
    /// <param name="cancellation">Stops the wait; then nothing is reserved.</param>
    public ValueTask<AdmissionAnswer> ReserveAsync(
        in LimitSubject subject,
        in LimitDemand bound,
        bool force = false,
        CancellationToken cancellation = default
    )
    {
        var table = _table;
        if (table.IsEmpty)
            return default;
        var request = AdmissionRequest.Of(table, subject, bound, _options, _exchange.Now);
        if (request is null)
            return default;
        if (request.Refusal is { } refusal && !force)
            return ValueTask.FromResult(new AdmissionAnswer(null, refusal));
        if (_suspended is { } cause && !force && request.Suspended(cause) is { } suspended)
            return ValueTask.FromResult(new AdmissionAnswer(null, suspended));
        request.IsForced = force;
        lock (_lock)
        {
            if (request.Bound(subject, _options.MostValues, _exchange.Now) is { } tooMany)
                return ValueTask.FromResult(new AdmissionAnswer(null, tooMany));
            if (TryTake(request) is { } taken)
                return ValueTask.FromResult(new AdmissionAnswer(taken, null));
            return new ValueTask<AdmissionAnswer>(_exchange.WaitAsync(request, cancellation));
        }
    }

    /// <summary>How the limits stand that a call has reserved from, as far as this gate knows without asking.</summary>
    public IReadOnlyList<LimitStanding> StandingsOf(Reservation reservation)
    {
        var standings = new LimitStanding[reservation.Holds.Length];
        var now = _clock.GetUtcNow();
        lock (_lock)
        {
            for (var index = 0; index < standings.Length; index++)
                standings[index] = LimitStanding.Of(reservation.Holds[index].Account, now);
        }

        return standings;
    }

    /// <summary>How the limits stand that concern a call. What is held here for calls to come counts as left.</summary>
    /// <exception cref="LedgerUnavailableException">The counters cannot be reached.</exception>
    public async Task<IReadOnlyList<LimitStanding>> StandingAsync(
        LimitSubject subject,
        CancellationToken cancellation = default
    )
    {
        for (var tries = 1; ; tries++)
        {
            long begun;
            Task underWay;
            lock (_lock)
                (begun, underWay) = (_exchange.Begun, _exchange.UnderWay);
            await underWay.WaitAsync(cancellation);
            var standings = await LimitStandings.ReadAsync(_store, Limits, subject, _clock.GetUtcNow(), cancellation);
            lock (_lock)
            {
                // What another exchange moved meanwhile stands in the one and is missing in the other.
                if (begun == _exchange.Begun || tries == MostReadings)
                    return [.. standings.Select(Own)];
            }
        }

        LimitStanding Own(LimitStanding standing) =>
            _limits.GetValueOrDefault(standing.Limit.Id)?.Account(standing.Target, _exchange.Now)
                is { Grants: true, Free: var free }
            && free > 0
                ? standing with
                {
                    Reserved = standing.Reserved - free,
                    Left = standing.Left + free,
                }
                : standing;
    }

    /// <summary>
    /// Renews the grants now, and gives back what is not needed; false where the store did not answer.
    /// </summary>
    public Task<bool> RenewAsync() => _exchange.RenewAsync();

    /// <summary>Stops renewing grants, and gives back what no call has reserved.</summary>
    public ValueTask DisposeAsync() => _exchange.DisposeAsync();

    private Limit WithThresholds(Limit limit) =>
        limit is { Metric: LimitMetric.Cost, Mode: not LimitMode.Shadow, AlertAt.IsDefaultOrEmpty: true }
            ? limit with
            {
                AlertAt = _options.DefaultThresholds,
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
                    metric == LimitMetric.ConcurrentRequests ? 0 : used[metric] ?? hold.IfUnpriced ?? 0
                );
            }
        }
    }

    internal void Release(Reservation reservation)
    {
        lock (_lock)
        {
            foreach (var hold in reservation.Holds)
                hold.Account.Settle(hold.Amount, 0);
        }
    }

    /// <summary>Takes from all accounts or from none; null where some grant does not suffice. Under the lock.</summary>
    private Reservation? TryTake(AdmissionRequest request)
    {
        if (!request.Resolve(_exchange.Now, _exchange.IsGood))
            return null;
        var passed = request.Passed;
        var charges = new ChargedLimit[request.Asks.Count];
        var holds = new Reservation.Hold[request.Asks.Count];
        for (var index = 0; index < holds.Length; index++)
        {
            var ask = request.Asks[index];
            var account = ask.Account!;
            if (
                ask.Limit.Limit is { Mode: LimitMode.Soft } soft
                && account.CommittedAt(request.Now) + ask.Amount > soft.MostAt(StoredTime.ToTime(request.Now))
            )
                passed ??= soft;
            account.Take(ask.Amount);
            charges[index] = account.ChargeAt(request.Now, ask.IfUnpriced);
            holds[index] = new Reservation.Hold(account, ask.Amount, ask.IfUnpriced);
        }

        return new Reservation(this, holds, new LimitCharges(_holder, charges), passed);
    }
}

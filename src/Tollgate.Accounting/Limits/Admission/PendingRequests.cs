using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.Time;

namespace Tollgate.Accounting.Limits.Admission;

/// <summary>
/// Collects what the next exchange with the store requests and returns, and applies its response to the accounts. Used
/// under the controller's lock.
/// </summary>
/// <param name="table">Returns the limits in force.</param>
/// <param name="time">The store's clock.</param>
/// <param name="clock">The clock.</param>
/// <param name="renewInterval">The time between two renewals.</param>
internal sealed class PendingRequests(
    Func<LimitTable> table,
    StoreClock time,
    TimeProvider clock,
    TimeSpan renewInterval
)
{
    private readonly HashSet<(LimitAccount Account, CompiledLimit Limit)> _requested = [];
    private readonly LeaseSizing _sizing = new(time);
    private long _measuredAt;

    /// <summary>The number of the next exchange.</summary>
    public long NextNumber { get; private set; } = 1;

    /// <summary>True if the next exchange renews and returns leases.</summary>
    public bool IsRenewalDue { get; set; }

    /// <summary>Adds what a call lacks.</summary>
    public void Add(AdmissionRequest request)
    {
        foreach (var ask in request.Demands)
        {
            var account = ask.Account!;
            var lack = ask.Amount - account.Lease.Free;
            if (!account.Limit.LeasesQuota() || (lack <= 0 && time.IsLeaseValid))
                continue;
            account.Demand.RequestMore(ask.Amount, lack, request.IsForced);
            _requested.Add((account, ask.Limit));
        }
    }

    /// <summary>Returns the requests so far; what is added from here on is for the exchange after this one.</summary>
    public LeaseBatch Collect()
    {
        if (IsRenewalDue)
            AddRenewals();
        var batch = new LeaseBatch(NextNumber++);
        foreach (var (account, limit) in _requested)
            batch.Add(limit, account, _sizing.CreateRequest(limit.Limit, account));
        _requested.Clear();
        IsRenewalDue = false;
        return batch;
    }

    /// <summary>Returns all leases, except what calls in flight have reserved.</summary>
    public LeaseBatch CollectReturns()
    {
        var batch = new LeaseBatch(NextNumber++);
        foreach (var limit in table().All)
            foreach (var account in limit.Accounts)
                if (account.Lease.Held is var held && held > 0)
                    batch.Add(
                        limit,
                        account,
                        new LeaseRequest(limit.Limit, account.Target, account.Window.Start, held, 0, 0, 0)
                    );
        return batch;
    }

    /// <summary>Applies the response to an exchange.</summary>
    public void Apply(LeaseResponse answer, LeaseBatch batch, (long Timestamp, UnixMicros Time) sent)
    {
        time.ApplyResponse(answer, sent);
        if (answer.IsNewHolder)
            RevokeAll();
        batch.ApplyResponse(answer);
    }

    /// <summary>
    /// Ends an exchange that failed in this program: its effect on the accounts is unknown, and their next responses
    /// report what the store granted.
    /// </summary>
    public void Abandon()
    {
        foreach (var limit in table().All)
            foreach (var account in limit.Accounts)
                account.MarkUnanswered();
        _requested.Clear();
    }

    /// <summary>Checks all accounts: evicts idle ones and renews those that are worth an exchange.</summary>
    private void AddRenewals()
    {
        Measure();
        foreach (var limit in table().All)
        {
            limit.Prune(time.Now);
            foreach (var account in limit.Accounts)
                if (_sizing.ShouldRenew(account))
                    _requested.Add((account, limit));
        }
    }

    private void Measure()
    {
        var seconds = _measuredAt == 0 ? renewInterval.TotalSeconds : clock.GetElapsedTime(_measuredAt).TotalSeconds;
        _measuredAt = clock.GetTimestamp();
        foreach (var limit in table().All)
            foreach (var account in limit.Accounts)
                account.Demand.Measure(seconds);
    }

    /// <summary>An operator has released this gateway's leases.</summary>
    private void RevokeAll()
    {
        foreach (var limit in table().All)
            foreach (var account in limit.Accounts)
                account.Revoke();
    }
}

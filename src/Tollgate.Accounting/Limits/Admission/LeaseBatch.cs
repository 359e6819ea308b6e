using Tollgate.Accounting.Limits.Leases;

namespace Tollgate.Accounting.Limits.Admission;

/// <summary>The requests and returns of one exchange, with their accounts. Used under the controller's lock.</summary>
/// <param name="number">The number of the exchange.</param>
internal sealed class LeaseBatch(long number)
{
    private readonly List<(CompiledLimit Limit, LimitAccount Account)> _accounts = [];
    private readonly List<LeaseRequest> _requests = [];

    public long Number => number;

    public IReadOnlyList<LeaseRequest> Requests => _requests;

    /// <summary>Adds the request of an account; what it returns can no longer be taken.</summary>
    public void Add(CompiledLimit limit, LimitAccount account, in LeaseRequest order)
    {
        account.Lease.Return(order.Returned);
        account.Demand.ClearNeed();
        _accounts.Add((limit, account));
        _requests.Add(order);
    }

    /// <summary>Applies the store's response.</summary>
    public void ApplyResponse(LeaseResponse answer)
    {
        for (var index = 0; index < _accounts.Count; index++)
        {
            var (limit, account) = _accounts[index];
            var state = answer.States[index];
            if (account.Window.Start != state.LeaseWindow)
                account = limit.GetAccount(account.Target, state);
            account.ApplyResponse(state, number, answer.Now);
            if (_requests[index].Limit.MayGrantMoreThan(limit.Limit))
                account.Lease.ReturnFree(); // Granted under the previous version of the limit.
        }
    }

    /// <summary>Marks the result of the exchange as unknown.</summary>
    public void MarkUnanswered()
    {
        foreach (var (_, account) in _accounts)
            account.MarkUnanswered();
    }
}

using Tollgate.Accounting.Limits.Leases;

namespace Tollgate.Accounting.Limits.Admission;

/// <summary>The requests and returns of one exchange, with their accounts. Used under the controller's lock.</summary>
/// <param name="number">The number of the exchange.</param>
internal sealed class GrantRound(long number)
{
    private readonly List<(CompiledLimit Limit, LimitAccount Account)> _accounts = [];
    private readonly List<GrantOrder> _orders = [];

    public long Number => number;

    public IReadOnlyList<GrantOrder> Orders => _orders;

    /// <summary>Adds the request of an account; what it returns can no longer be taken.</summary>
    public void Add(CompiledLimit limit, LimitAccount account, in GrantOrder order)
    {
        account.GiveBack(order.GiveBack);
        account.Asked();
        _accounts.Add((limit, account));
        _orders.Add(order);
    }

    /// <summary>Applies the store's response.</summary>
    public void Answered(GrantAnswer answer)
    {
        for (var index = 0; index < _accounts.Count; index++)
        {
            var (limit, account) = _accounts[index];
            var state = answer.States[index];
            if (account.GrantWindow != state.GrantWindow)
                account = limit.Account(account.Target, state);
            account.Answered(state, number, answer.Now);
            if (!ReferenceEquals(_orders[index].Limit, limit.Limit))
                account.Withdraw(); // Granted under the previous version of the limit.
        }
    }

    /// <summary>Marks the result of the exchange as unknown.</summary>
    public void NotAnswered()
    {
        foreach (var (_, account) in _accounts)
            account.NotAnswered();
    }
}

using Tollgate.Accounting.Limits.Leases;

namespace Tollgate.Accounting.Limits.Admission;

/// <summary>
/// What one exchange asks for and gives back, and for which accounts. Used under the controller's lock.
/// </summary>
/// <param name="number">The number of the exchange.</param>
internal sealed class GrantRound(long number)
{
    private readonly List<(CompiledLimit Limit, LimitAccount Account)> _accounts = [];
    private readonly List<GrantOrder> _orders = [];

    public long Number => number;

    public IReadOnlyList<GrantOrder> Orders => _orders;

    /// <summary>Adds an account's order; what it gives back is no longer there to be taken.</summary>
    public void Add(CompiledLimit limit, LimitAccount account, in GrantOrder order)
    {
        account.GiveBack(order.GiveBack);
        account.Asked();
        _accounts.Add((limit, account));
        _orders.Add(order);
    }

    /// <summary>Takes in what the store answered.</summary>
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
                account.Withdraw(); // It was given under the limit as it was.
        }
    }

    /// <summary>Nobody knows what became of it.</summary>
    public void NotAnswered()
    {
        foreach (var (_, account) in _accounts)
            account.NotAnswered();
    }
}

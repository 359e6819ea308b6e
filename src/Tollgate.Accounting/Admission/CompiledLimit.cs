using System.Runtime.InteropServices;
using Tollgate.Accounting.Admission.Stores;
using Tollgate.Metering.Limits;

namespace Tollgate.Accounting.Admission;

/// <summary>A limit and this gate's accounts of it, one for each target. Used only under the controller's lock.</summary>
internal sealed class CompiledLimit(Limit limit)
{
    private readonly Dictionary<string, LimitAccount> _accounts = [];
    private readonly LiveTargets _targets = new();

    public Limit Limit { get; private set; } = limit;

    /// <summary>Its accounts in their current windows.</summary>
    public IReadOnlyCollection<LimitAccount> Accounts => _accounts.Values;

    /// <summary>Takes another amount, mode or owner; the counts go on.</summary>
    public void Become(Limit changed)
    {
        Limit = changed;
        foreach (var account in _accounts.Values) account.Become(changed);
    }

    /// <summary>Whether a target that the caller was free to name is counted for itself; false where there are too many.</summary>
    public bool Counts(string target, int most, long now) => _targets.TryAdd(Limit, target, most, now);

    /// <summary>The account of a target in the window of a time. One whose window is over is left to those who reserved from it.</summary>
    public LimitAccount Account(string target, long now)
    {
        ref var account = ref CollectionsMarshal.GetValueRefOrAddDefault(_accounts, target, out _);
        if (account is null || now >= account.WindowEnd) account = NewAccount(target, now, account is not null);
        return account;
    }

    /// <summary>The account of the window that the store says it is.</summary>
    public LimitAccount Account(string target, in GrantState state)
    {
        ref var account = ref CollectionsMarshal.GetValueRefOrAddDefault(_accounts, target, out _);
        if (account is null || account.GrantWindow != state.GrantWindow) account = new LimitAccount(Limit, target, state.GrantWindow, state.WindowEnd, account is not null);
        return account;
    }

    /// <summary>
    /// Forgets accounts that nobody asked for since, and to which nothing was given: of what was given in a window that goes on,
    /// the store reminds with each answer.
    /// </summary>
    public void Prune(long before)
    {
        foreach (var (target, account) in _accounts)
            if (account.LastAsked < before && account.Reserved == 0 && ((account is { Given: var given, IsUnsure: false } && given == 0) || account.WindowEnd < before))
                _accounts.Remove(target);
    }

    private LimitAccount NewAccount(string target, long now, bool followsAnother)
    {
        var windows = GrantBook.CounterOf(Limit, now);
        return new LimitAccount(Limit, target, windows.Grant, windows.End, followsAnother);
    }
}

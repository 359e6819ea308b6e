using System.Runtime.InteropServices;
using Tollgate.Accounting.Limits.Leases;
using Tollgate.Metering.Limits;

namespace Tollgate.Accounting.Limits.Admission;

/// <summary>
/// A limit and this gate's accounts of it, one for each target. Used only under the controller's lock.
/// </summary>
internal sealed class CompiledLimit(Limit limit)
{
    /// <summary>
    /// What nobody asked for in this time may be forgotten; by then what it held for calls to come was given back.
    /// </summary>
    private static readonly long IdleMicros = StoreClock.Micros(TimeSpan.FromSeconds(10));

    private readonly Dictionary<string, LimitAccount> _accounts = [];
    private readonly LiveTargets _targets = new();

    /// <summary>The last window of which an account was forgotten that had been given something.</summary>
    private long _forgottenUpTo = long.MinValue;

    public Limit Limit { get; private set; } = limit;

    /// <summary>Its accounts in their current windows.</summary>
    public IReadOnlyCollection<LimitAccount> Accounts => _accounts.Values;

    /// <summary>Takes another amount, mode or owner; the counts go on.</summary>
    public void Become(Limit changed)
    {
        Limit = changed;
        foreach (var account in _accounts.Values)
            account.Become(changed);
    }

    /// <summary>
    /// Whether a target that the caller was free to name is counted for itself; false where there are too many.
    /// </summary>
    public bool Counts(string target, int most, long now) => _targets.TryAdd(Limit, target, most, now);

    /// <summary>
    /// The account of a target in the window of a time. One whose window is over is left to those who reserved from it.
    /// </summary>
    public LimitAccount Account(string target, long now)
    {
        ref var account = ref CollectionsMarshal.GetValueRefOrAddDefault(_accounts, target, out _);
        if (account is null || now >= account.WindowEnd)
            account = NewAccount(target, now, account is not null);
        return account;
    }

    /// <summary>The account of the window that the store says it is.</summary>
    public LimitAccount Account(string target, in GrantState state)
    {
        ref var account = ref CollectionsMarshal.GetValueRefOrAddDefault(_accounts, target, out _);
        if (account?.GrantWindow == state.GrantWindow)
            return account;
        var followsAnother = account is not null || state.GrantWindow <= _forgottenUpTo;
        return account = new LimitAccount(Limit, target, state.GrantWindow, state.WindowEnd, followsAnother);
    }

    /// <summary>
    /// Forgets accounts that nobody has asked for in a while and that hold nothing. One to which something was given,
    /// or whose count a soft limit goes by, is kept as long as its window goes on; where windows do not end, until
    /// nothing is counted any more. So there are no more of them than <see cref="LiveTargets"/> knows values, and those
    /// of the last moments.
    /// </summary>
    public void Prune(long now)
    {
        foreach (var (target, account) in _accounts)
        {
            if (account.Reserved != 0 || account.LastAsked >= now - IdleMicros || !IsOver(account, now))
                continue;
            if (account.Given != 0)
                _forgottenUpTo = Math.Max(_forgottenUpTo, account.GrantWindow);
            _accounts.Remove(target);
        }
    }

    private bool IsOver(LimitAccount account, long now)
    {
        if (account.WindowEnd < now - IdleMicros)
            return true;
        if (account.IsUnsure)
            return false;
        if (account.Given == 0 && (account.Grants || account.Last.Used == 0))
            return true;
        var holdsNothing = account.Free == 0 && account.Withdrawn == 0;
        return holdsNothing && account.WindowEnd == long.MaxValue && LiveTargets.EndOf(Limit, account.LastAsked) < now;
    }

    private LimitAccount NewAccount(string target, long now, bool followsAnother)
    {
        var windows = GrantBook.CounterOf(Limit, now);
        return new LimitAccount(
            Limit,
            target,
            windows.Grant,
            windows.End,
            followsAnother || windows.Grant <= _forgottenUpTo
        );
    }
}

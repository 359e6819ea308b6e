using System.Runtime.InteropServices;
using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.Time;
using Tollgate.Metering.Limits;

namespace Tollgate.Accounting.Limits.Admission;

/// <summary>
/// A limit and this gateway's accounts for it, one for each target. Used only under the controller's lock.
/// </summary>
internal sealed class CompiledLimit(Limit limit)
{
    /// <summary>Targets idle for this long may be evicted; by then their unused lease has been returned.</summary>
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, LimitAccount> _accounts = [];
    private readonly ActiveTargets _targets = new();

    /// <summary>The latest window of an evicted account that had been granted a lease.</summary>
    private long _evictedThroughWindow = long.MinValue;

    public Limit Limit { get; private set; } = limit;

    /// <summary>The accounts in their current windows.</summary>
    public IReadOnlyCollection<LimitAccount> Accounts => _accounts.Values;

    /// <summary>Applies a changed amount, mode or owner; the counts continue.</summary>
    public void Update(Limit changed)
    {
        Limit = changed;
        foreach (var account in _accounts.Values)
            account.Update(changed);
    }

    /// <summary>True if a caller-supplied target gets a counter of its own; false if there are too many.</summary>
    public bool TryTrackTarget(string target, int most, UnixMicros now) => _targets.TryAdd(Limit, target, most, now);

    /// <summary>
    /// Returns the account of a target in the window of a given time. An account whose window has ended is left to the
    /// calls that reserved from it.
    /// </summary>
    public LimitAccount GetAccount(string target, UnixMicros now)
    {
        ref var account = ref CollectionsMarshal.GetValueRefOrAddDefault(_accounts, target, out _);
        if (account is null || now >= account.Window.End)
            account = CreateAccount(target, now, account is not null);
        return account;
    }

    /// <summary>Returns the account of the window that the store reports.</summary>
    public LimitAccount GetAccount(string target, in LeaseState state)
    {
        ref var account = ref CollectionsMarshal.GetValueRefOrAddDefault(_accounts, target, out _);
        if (account?.Window.Start == state.LeaseWindow)
            return account;
        var followsAnother = account is not null || state.LeaseWindow <= _evictedThroughWindow;
        var window = new AccountWindow(state.LeaseWindow, new UnixMicros(state.WindowEnd));
        return account = new LimitAccount(Limit, target, window, followsAnother);
    }

    /// <summary>
    /// Evicts idle accounts that hold nothing. An account that was granted a lease, or whose count a soft limit depends
    /// on, is kept until its window ends; if windows do not end, until nothing is counted any more. So there are no
    /// more accounts than values in <see cref="ActiveTargets"/>, plus those of the last few seconds.
    /// </summary>
    public void Prune(UnixMicros now)
    {
        foreach (var (target, account) in _accounts)
        {
            var isUsed = account.Demand.Reserved != 0 || account.Demand.LastUsedAt >= now - IdleTime;
            if (isUsed || !CanEvict(account, now))
                continue;
            if (account.Lease.TotalLeased != 0)
                _evictedThroughWindow = Math.Max(_evictedThroughWindow, account.Window.Start);
            _accounts.Remove(target);
        }
    }

    private bool CanEvict(LimitAccount account, UnixMicros now)
    {
        if (account.Window.End < now - IdleTime)
            return true;
        if (account.Lease.HasUnconfirmed)
            return false;
        if (account.Lease.TotalLeased == 0 && (account.Limit.LeasesQuota() || account.Reading.Count.Used == 0))
            return true;
        var holdsNothing = account.Lease.Free == 0 && account.Lease.Returning == 0;
        return holdsNothing
            && account.Window.End == UnixMicros.Never
            && ActiveTargets.ExpiryOf(Limit, account.Demand.LastUsedAt) < now;
    }

    private LimitAccount CreateAccount(string target, UnixMicros now, bool followsAnother)
    {
        var windows = LeaseAllocator.WindowsAt(Limit, now);
        return new LimitAccount(
            Limit,
            target,
            new AccountWindow(windows.Lease, new UnixMicros(windows.End)),
            followsAnother || windows.Lease <= _evictedThroughWindow
        );
    }
}

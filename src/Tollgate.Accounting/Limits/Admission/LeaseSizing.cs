using Tollgate.Accounting.Limits.Leases;
using Tollgate.Metering.Limits;

namespace Tollgate.Accounting.Limits.Admission;

/// <summary>
/// Decides how much a gateway requests and returns: what is waiting, plus a little for future calls, but no more than
/// it uses. Used under the controller's lock.
/// </summary>
internal sealed class LeaseSizing(StoreClock clock)
{
    /// <summary>A lease for future calls covers the demand of this many seconds.</summary>
    private const int DemandSeconds = 2;

    /// <summary>Before the demand is known, a lease covers this many times what is waiting.</summary>
    private const int InitialExtraFactor = 8;

    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(2);

    /// <summary>True if an account is worth an exchange even though no call waits for it.</summary>
    public bool ShouldRenew(LimitAccount account)
    {
        if (clock.Now >= account.Window.End)
            return false;
        if (account.Lease.Returning > 0 || account.Unreported.Amount != 0)
            return true;
        if (!account.Limit.LeasesQuota())
            return !IsIdle(account) || account.Lease.HasUnconfirmed;
        return account.Lease.HasUnconfirmed
            || account.Lease.Free < 0
            || ExcessOf(account) > 0
            || IsLow(account)
            || (account.Lease.Free + account.Demand.Reserved > 0 && clock.ShouldRenew);
    }

    /// <summary>Creates the request to the store for an account.</summary>
    public LeaseRequest CreateRequest(Limit limit, LimitAccount account)
    {
        if (!account.Limit.LeasesQuota() || account.Unreported.Amount != 0)
            return CreateCountingRequest(limit, account);
        // Usage beyond the calls' reservations is already spent, even if other calls would have needed it.
        var owed = Int128.Max(0, -account.Lease.Free);
        var forced = Int128.Max(account.Demand.Overdraft, owed);
        var missing = account.Demand.Need > 0 ? Int128.Max(0, account.Demand.Need - account.Lease.Free - owed) : 0;
        var demand = account.Demand.PerSecond * DemandSeconds;
        if (missing > 0 || forced > 0)
        {
            var smallest = Int128.Max(0, account.Demand.MinNeed - owed);
            return new LeaseRequest(
                limit,
                account.Target,
                account.Window.Start,
                account.Lease.Returning,
                missing,
                smallest,
                Int128.Max(demand, missing * InitialExtraFactor),
                forced
            );
        }

        if (IsLow(account))
            return new LeaseRequest(limit, account.Target, account.Window.Start, account.Lease.Returning, 1, 1, demand);
        return new LeaseRequest(
            limit,
            account.Target,
            account.Window.Start,
            ExcessOf(account) + account.Lease.Returning,
            0,
            0,
            0
        );
    }

    /// <summary>
    /// Creates a request that needs no quota: it reports usage and returns what is no longer needed. Usage that a
    /// bucket counted before its limit became hard is reported in the way of the soft limit, before anything is
    /// requested.
    /// </summary>
    private static LeaseRequest CreateCountingRequest(Limit limit, LimitAccount account) =>
        new(
            account.Limit.LeasesQuota() ? limit with { Mode = LimitMode.Soft } : limit,
            account.Target,
            account.Window.Start,
            account.Lease.Returning,
            0,
            0,
            0,
            account.Unreported.TakeForReport()
        );

    private bool IsIdle(LimitAccount account) => account.Demand.LastUsedAt <= clock.Now - IdleTime;

    private bool IsLow(LimitAccount account) =>
        !IsIdle(account)
        && account.Demand.PerSecond > 0
        && account.Lease.Free < account.Demand.PerSecond
        && account.Reading.Count.Remaining > 0;

    /// <summary>The amount held beyond the demand: all of it once the account has been idle for a while.</summary>
    private Int128 ExcessOf(LimitAccount account)
    {
        if (account.Demand.LastUsedAt < clock.Now - IdleTime)
            return Int128.Max(0, account.Lease.Free);
        var keep = Int128.Max(account.Demand.PerSecond * DemandSeconds * 2, account.Reading.Count.Remaining / 5);
        return account.Lease.Free > keep ? account.Lease.Free - (account.Demand.PerSecond * DemandSeconds) : 0;
    }
}

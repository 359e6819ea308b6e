using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.Time;
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

    private static readonly long IdleMicros = TimeSpan.FromSeconds(2).ToMicros();

    /// <summary>True if an account is worth an exchange even though no call waits for it.</summary>
    public bool ShouldRenew(LimitAccount account)
    {
        if (clock.Now >= account.WindowEnd)
            return false;
        if (account.Returning > 0)
            return true;
        if (!account.LeasesQuota)
            return !IsIdle(account) || account.UnreportedUsage != 0;
        return account.HasUnconfirmed
            || account.Free < 0
            || ExcessOf(account) > 0
            || IsLow(account)
            || (account.Free + account.Reserved > 0 && clock.ShouldRenew);
    }

    /// <summary>Creates the request to the store for an account.</summary>
    public LeaseRequest CreateRequest(Limit limit, LimitAccount account)
    {
        if (!account.LeasesQuota)
            return new LeaseRequest(limit, account.Target, account.LeaseWindow, 0, 0, 0, 0, account.TakeUnreported());
        // Usage beyond the calls' reservations is already spent, even if other calls would have needed it.
        var owed = Int128.Max(0, -account.Free);
        var forced = Int128.Max(account.Overdraft, owed);
        var missing = account.Need > 0 ? Int128.Max(0, account.Need - account.Free - owed) : 0;
        var demand = account.Demand * DemandSeconds;
        if (missing > 0 || forced > 0)
        {
            var smallest = Int128.Max(0, account.MinNeed - owed);
            return new LeaseRequest(
                limit,
                account.Target,
                account.LeaseWindow,
                account.Returning,
                missing,
                smallest,
                Int128.Max(demand, missing * InitialExtraFactor),
                forced
            );
        }

        if (IsLow(account))
            return new LeaseRequest(limit, account.Target, account.LeaseWindow, account.Returning, 1, 1, demand);
        return new LeaseRequest(
            limit,
            account.Target,
            account.LeaseWindow,
            ExcessOf(account) + account.Returning,
            0,
            0,
            0
        );
    }

    private bool IsIdle(LimitAccount account) => account.LastUsedAt <= clock.Now - IdleMicros;

    private bool IsLow(LimitAccount account) =>
        !IsIdle(account) && account.Demand > 0 && account.Free < account.Demand && account.LastCount.Remaining > 0;

    /// <summary>The amount held beyond the demand: all of it once the account has been idle for a while.</summary>
    private Int128 ExcessOf(LimitAccount account)
    {
        if (account.LastUsedAt < clock.Now - IdleMicros)
            return Int128.Max(0, account.Free);
        var keep = Int128.Max(account.Demand * DemandSeconds * 2, account.LastCount.Remaining / 5);
        return account.Free > keep ? account.Free - (account.Demand * DemandSeconds) : 0;
    }
}

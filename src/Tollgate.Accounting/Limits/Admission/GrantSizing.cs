using Tollgate.Accounting.Limits.Leases;
using Tollgate.Metering.Limits;

namespace Tollgate.Accounting.Limits.Admission;

/// <summary>
/// Decides how much a gateway requests and returns: what is waiting, plus a little for future calls, but no more than
/// it uses. Used under the controller's lock.
/// </summary>
internal sealed class GrantSizing(StoreClock clock)
{
    /// <summary>A lease for future calls covers the demand of this many seconds.</summary>
    private const int DemandSeconds = 2;

    /// <summary>Before the demand is known, a lease covers this many times what is waiting.</summary>
    private const int FirstExtra = 8;

    private static readonly long IdleMicros = StoreClock.Micros(TimeSpan.FromSeconds(2));

    /// <summary>Whether an account is worth an exchange even though no call waits for it.</summary>
    public bool Renews(LimitAccount account)
    {
        if (clock.Now >= account.WindowEnd)
            return false;
        if (account.Withdrawn > 0)
            return true;
        if (!account.Grants)
            return !IsIdle(account) || account.Poured != 0;
        return account.IsUnsure
            || account.Free < 0
            || Excess(account) > 0
            || IsLow(account)
            || (account.Free + account.Reserved > 0 && clock.IsHalfOver);
    }

    /// <summary>Creates the request to the store for an account.</summary>
    public GrantOrder OrderOf(Limit limit, LimitAccount account)
    {
        if (!account.Grants)
            return new GrantOrder(limit, account.Target, account.GrantWindow, 0, 0, 0, 0, account.Pour());
        // Usage beyond the calls' reservations is already spent, even if other calls would have needed it.
        var owed = Int128.Max(0, -account.Free);
        var forced = Int128.Max(account.Forced, owed);
        var missing = account.Need > 0 ? Int128.Max(0, account.Need - account.Free - owed) : 0;
        var demand = account.Demand * DemandSeconds;
        if (missing > 0 || forced > 0)
        {
            var smallest = Int128.Max(0, account.Smallest - owed);
            return new GrantOrder(
                limit,
                account.Target,
                account.GrantWindow,
                account.Withdrawn,
                missing,
                smallest,
                Int128.Max(demand, missing * FirstExtra),
                forced
            );
        }

        if (IsLow(account))
            return new GrantOrder(limit, account.Target, account.GrantWindow, account.Withdrawn, 1, 1, demand);
        return new GrantOrder(limit, account.Target, account.GrantWindow, Excess(account) + account.Withdrawn, 0, 0, 0);
    }

    private bool IsIdle(LimitAccount account) => account.LastAsked <= clock.Now - IdleMicros;

    private bool IsLow(LimitAccount account) =>
        !IsIdle(account) && account.Demand > 0 && account.Free < account.Demand && account.Last.Rest > 0;

    /// <summary>The amount held beyond the demand: all of it once the account has been idle for a while.</summary>
    private Int128 Excess(LimitAccount account)
    {
        if (account.LastAsked < clock.Now - IdleMicros)
            return Int128.Max(0, account.Free);
        var keep = Int128.Max(account.Demand * DemandSeconds * 2, account.Last.Rest / 5);
        return account.Free > keep ? account.Free - (account.Demand * DemandSeconds) : 0;
    }
}

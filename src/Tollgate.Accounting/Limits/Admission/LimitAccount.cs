using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.Time;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Accounting.Limits.Admission;

/// <summary>
/// The quota that this gateway may spend on one counter in one window: its lease, part of which is reserved by calls in
/// flight. Used only under the controller's lock.
/// </summary>
/// <param name="limit">The limit.</param>
/// <param name="target">The target.</param>
/// <param name="grantWindow">The window of the lease.</param>
/// <param name="windowEnd">When it ends.</param>
/// <param name="followsAnother">True if this gateway had another account for the target before: if its clock went
/// backwards, the earlier account may already hold a lease for this window, which must not be granted twice.</param>
internal sealed class LimitAccount(Limit limit, string target, long grantWindow, long windowEnd, bool followsAnother)
{
    private readonly RollingWindow? _rolling = limit.Window as RollingWindow;
    private ChargedLimit? _cachedCharge;
    private long _lastExchangeAt;
    private Int128 _reportingUsage;

    /// <summary>
    /// True if more is spent and leased than allowed, because the amount was lowered: freed quota must not go to the
    /// next call.
    /// </summary>
    private bool _isOverdrawn;

    public Limit Limit { get; private set; } = limit;

    public string Target => target;

    /// <summary>The window of the lease, in microseconds since 1970; 0 if windows do not end.</summary>
    public long LeaseWindow => grantWindow;

    /// <summary>When the window ends.</summary>
    public long WindowEnd => windowEnd;

    /// <summary>
    /// The part of the lease that no call has reserved. Negative if calls used more than they had reserved.
    /// </summary>
    public Int128 Free { get; set; }

    /// <summary>Quota granted under an amount that no longer applies; it is returned and requested again.</summary>
    public Int128 Returning { get; set; }

    /// <summary>
    /// The total the store has granted for the window, less what was returned, as far as known to this gateway.
    /// </summary>
    public Int128 TotalGranted { get; private set; }

    /// <summary>
    /// True if an exchange got no response, so that the store may hold more for this gateway than is known here.
    /// </summary>
    public bool HasUnconfirmed { get; private set; }

    /// <summary>The quota reserved by calls in flight.</summary>
    public Int128 Reserved { get; private set; }

    /// <summary>
    /// The counter as last reported by the store; its rest is what other calls could still be granted at that time.
    /// </summary>
    public LimitCount LastCount { get; private set; }

    /// <summary>The number of the exchange that reported it; 0 if there was none.</summary>
    public long LastExchange { get; private set; }

    /// <summary>The quota that could be returned.</summary>
    public Int128 Held => Int128.Max(0, Free) + Returning;

    /// <summary>The total need of the waiting calls.</summary>
    public Int128 Need { get; private set; }

    /// <summary>The smallest amount that one of them lacks.</summary>
    public Int128 MinNeed { get; private set; }

    /// <summary>The amount that forced calls lack.</summary>
    public Int128 Overdraft { get; private set; }

    /// <summary>The amount taken, less what came back, since the demand was last measured.</summary>
    public Int128 Taken { get; private set; }

    /// <summary>The estimated consumption of calls per second.</summary>
    public Int128 Demand { get; private set; }

    /// <summary>When a call last used it, in microseconds since 1970.</summary>
    public long LastUsedAt { get; set; }

    /// <summary>True if calls need a lease; a soft limit only counts.</summary>
    public bool LeasesQuota => Limit is { Mode: LimitMode.Hard, Amount: not null };

    /// <summary>
    /// The usage of a count-only bucket, less what came back, since it was last reported to the store: records are
    /// counted by window, and a bucket has none.
    /// </summary>
    public Int128 UnreportedUsage { get; private set; }

    /// <summary>The amount recorded and reserved at a given time, as far as known to this gateway.</summary>
    public Int128 CommittedAt(long now) =>
        Limit.Window switch
        {
            BucketWindow bucket => BucketLevelAt(bucket, now) + UnreportedUsage + _reportingUsage,
            RollingWindow rolling when !LeasesQuota => LastCount.Parts is { } parts
                ? RollingSumAt(rolling, parts, now) + LastCount.Granted + Reserved
                : Reserved,
            _ => LastCount.Used + LastCount.Granted + (LeasesQuota ? 0 : Reserved),
        };

    /// <summary>True if it is a bucket that only counts.</summary>
    private bool ReportsUsage => Limit is { Window: BucketWindow, Amount: not null } && !LeasesQuota;

    /// <summary>
    /// Applies a changed amount or mode. The quota granted under a higher amount may exceed what is now available.
    /// </summary>
    public void Update(Limit changed)
    {
        if (MayGrantLess(Limit, changed))
            ReturnFree();
        Limit = changed;
    }

    /// <summary>True if quota that was granted under a limit may exceed what its changed version grants.</summary>
    public static bool MayGrantLess(Limit before, Limit changed) =>
        changed.Amount < before.Amount
        || (changed.Amount is not null && before.Amount is null)
        || changed.TemporaryIncrease != before.TemporaryIncrease;

    /// <summary>
    /// Returns what no call has reserved, and what is freed, until an exchange has reported what is available.
    /// </summary>
    public void ReturnFree()
    {
        Returning += Int128.Max(0, Free);
        Free = Int128.Min(0, Free);
        _isOverdrawn = true;
    }

    /// <summary>Registers that a call waits for more.</summary>
    public void RequestMore(Int128 amount, Int128 lack, bool force)
    {
        lack = Int128.Max(lack, 1);
        if (force)
        {
            Overdraft += lack;
            return;
        }

        MinNeed = Need == 0 ? lack : Int128.Min(MinNeed, lack);
        Need += Int128.Max(amount, 1);
    }

    /// <summary>Clears the demand: calls that an exchange does not serve request again.</summary>
    public void ClearDemand() => (Need, MinNeed, Overdraft) = (0, 0, 0);

    public void Take(Int128 amount)
    {
        if (LeasesQuota)
            Free -= amount;
        else if (ReportsUsage)
            UnreportedUsage += amount;
        Reserved += amount;
        Taken += amount;
    }

    /// <summary>
    /// Ends a reservation: the unused part becomes free; the used part leaves the lease with the record.
    /// </summary>
    public void Settle(Int128 reserved, Int128 used)
    {
        Reserved -= reserved;
        Taken -= reserved - used;
        if (!LeasesQuota)
        {
            if (ReportsUsage)
                UnreportedUsage -= reserved - used;
            return;
        }

        if (_isOverdrawn && reserved > used)
            Returning += reserved - used;
        else
            Free += reserved - used;
    }

    /// <summary>
    /// Takes the usage of a count-only bucket for the report to the store. If the report is lost, no call was refused
    /// because of it.
    /// </summary>
    public Int128 TakeUnreported()
    {
        (_reportingUsage, UnreportedUsage) = (_reportingUsage + UnreportedUsage, 0);
        return _reportingUsage;
    }

    /// <summary>Returns quota. If the store does not accept it, its next response shows it.</summary>
    public void Return(Int128 amount)
    {
        Free -= amount - Returning;
        TotalGranted -= amount;
        Returning = 0;
    }

    /// <summary>
    /// Applies the store's response to an exchange: the difference from the last known total, so that the next response
    /// makes up for a lost one.
    /// </summary>
    /// <param name="state">The response.</param>
    /// <param name="exchange">The exchange.</param>
    /// <param name="at">The store's time then, in microseconds since 1970.</param>
    public void ApplyResponse(in LeaseState state, long exchange, long at)
    {
        if (state.IsNew && TotalGranted != 0)
            Revoke();
        if (LastExchange == 0 && (followsAnother || !HasUnconfirmed))
            TotalGranted = state.TotalGranted - state.Granted;
        Free += state.TotalGranted - TotalGranted;
        (TotalGranted, HasUnconfirmed) = (state.TotalGranted, false);
        (LastCount, LastExchange, _lastExchangeAt, _reportingUsage) = (state.Count, exchange, at, 0);
        _isOverdrawn = LastCount.Remaining < 0;
    }

    /// <summary>Marks the result of an exchange as unknown; the next response reports it.</summary>
    public void MarkUnanswered() => (HasUnconfirmed, _reportingUsage) = (true, 0);

    /// <summary>
    /// The lease was released to others. The amount that calls in flight have reserved from it is owed and requested
    /// again.
    /// </summary>
    public void Revoke() => (Free, TotalGranted, Returning) = (LeasesQuota ? -Reserved : 0, 0, 0);

    /// <summary>Measures the demand over the elapsed time.</summary>
    public void Measure(double seconds)
    {
        var rate = Int128.Max(0, (Int128)((double)Taken / Math.Max(seconds, 0.001)));
        Demand = (Demand + rate) / 2;
        Taken = 0;
    }

    /// <summary>Returns the charge for a call that started at a given time.</summary>
    public ChargedLimit ChargeAt(long micros, Int128? ifUnpriced)
    {
        long? count = Limit.Window switch
        {
            _ when Limit.Metric == LimitMetric.ConcurrentRequests => null,
            RollingWindow => _rolling!.GetPart(micros),
            BucketWindow => null,
            _ => grantWindow,
        };
        if (_cachedCharge is { } known && known.CountWindow == count && known.IfUnpriced == ifUnpriced)
            return known;
        return _cachedCharge = new ChargedLimit(
            Limit.Id,
            target,
            Limit.Metric,
            LeasesQuota ? grantWindow : null,
            count,
            ifUnpriced
        );
    }

    /// <summary>The amount drained since the store last responded is available again.</summary>
    private Int128 BucketLevelAt(BucketWindow bucket, long now)
    {
        if (LastExchange == 0 || Limit.AmountAt(StoredTime.ToTime(now)) is not { } inflow)
            return 0;
        var (period, debt) = (
            bucket.Period.Ticks / TimeSpan.TicksPerMicrosecond,
            new BucketLevel(LastCount.Debt, _lastExchangeAt).LevelAt(now, inflow).Debt
        );
        return (debt + period - 1) / period;
    }

    private static Int128 RollingSumAt(RollingWindow window, IReadOnlyList<(long Part, Int128 Used)> parts, long now)
    {
        Int128 used = 0;
        var oldest = window.GetOldestPart(now);
        foreach (var (part, amount) in parts)
            if (part >= oldest)
                used += amount;
        return used;
    }
}

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
/// <param name="window">The window of the lease.</param>
/// <param name="followsAnother">True if this gateway had another account for the target before.</param>
internal sealed class LimitAccount(Limit limit, string target, AccountWindow window, bool followsAnother)
{
    private readonly RollingWindow? _rolling = limit.Window as RollingWindow;
    private CounterReading _reading;
    private ChargedLimit? _cachedCharge;
    private Int128 _reservedFromLease;

    public Limit Limit { get; private set; } = limit;

    public string Target => target;

    /// <summary>The window of the lease.</summary>
    public AccountWindow Window => window;

    /// <summary>The quota granted by the store.</summary>
    public LeasedQuota Lease { get; } = new(followsAnother);

    /// <summary>The demand of calls.</summary>
    public AccountDemand Demand { get; } = new();

    /// <summary>The usage of a count-only bucket that the store has not counted yet.</summary>
    public UnreportedUsage Unreported { get; } = new();

    /// <summary>The counter as last reported by the store.</summary>
    public ref readonly CounterReading Reading => ref _reading;

    private bool LeasesQuota => Limit.LeasesQuota();

    /// <summary>True if it is a bucket that only counts.</summary>
    private bool ReportsUsage => Limit is { Window: BucketWindow, Amount: not null } && !LeasesQuota;

    /// <summary>
    /// The amount that calls in flight have reserved without a lease: the store does not know it yet. Calls that were
    /// admitted before the mode changed keep the kind of reservation that they have.
    /// </summary>
    private Int128 ReservedWithoutLease => Demand.Reserved - _reservedFromLease;

    /// <summary>The amount recorded and reserved at a given time, as far as known to this gateway.</summary>
    public Int128 CommittedAt(UnixMicros now) =>
        Limit.Window switch
        {
            BucketWindow bucket => BucketLevelAt(bucket, now) + Unreported.Total,
            RollingWindow rolling when !LeasesQuota => _reading.Count.Parts is { } parts
                ? RollingSumAt(rolling, parts, now) + _reading.Count.Granted + ReservedWithoutLease
                : Demand.Reserved,
            _ => _reading.Count.Used + _reading.Count.Granted + ReservedWithoutLease,
        };

    /// <summary>
    /// Applies a changed amount or mode. The quota granted under a higher amount may exceed what is now available, and
    /// a limit that has become soft needs none.
    /// </summary>
    public void Update(Limit changed)
    {
        if (Limit.MayGrantMoreThan(changed) || (LeasesQuota && !changed.LeasesQuota()))
            Lease.ReturnFree();
        (Limit, _cachedCharge) = (changed, null);
    }

    /// <summary>Reserves an amount; returns where it was taken from, for <see cref="Settle"/>.</summary>
    public QuotaSource Take(Int128 amount)
    {
        Demand.Reserve(amount);
        if (LeasesQuota)
        {
            Lease.Take(amount);
            _reservedFromLease += amount;
            return QuotaSource.Lease;
        }

        if (!ReportsUsage)
            return QuotaSource.None;
        Unreported.Add(amount);
        return QuotaSource.Bucket;
    }

    /// <summary>
    /// Ends a reservation: the unused part becomes free; the used part leaves the lease with the record.
    /// </summary>
    public void Settle(Int128 reserved, Int128 used, QuotaSource source)
    {
        var unused = reserved - used;
        Demand.Settle(reserved, unused);
        if (source == QuotaSource.Bucket)
            Unreported.Add(-unused);
        if (source != QuotaSource.Lease)
            return;
        _reservedFromLease -= reserved;
        Lease.PutBack(unused);
        if (!LeasesQuota)
            Lease.ReturnFree();
    }

    /// <summary>Applies the store's response to an exchange.</summary>
    /// <param name="state">The response.</param>
    /// <param name="exchange">The exchange.</param>
    /// <param name="at">The store's time then.</param>
    public void ApplyResponse(in LeaseState state, long exchange, UnixMicros at)
    {
        Lease.ApplyResponse(state, _reservedFromLease);
        if (!LeasesQuota)
            Lease.ReturnFree();
        Unreported.EndReport();
        _reading = new CounterReading(state.Count, exchange, at);
    }

    /// <summary>Marks the result of an exchange as unknown; the next response reports it.</summary>
    public void MarkUnanswered()
    {
        Lease.MarkUnanswered();
        Unreported.EndReport();
    }

    /// <summary>The lease was released to others.</summary>
    public void Revoke() => Lease.Revoke(_reservedFromLease);

    /// <summary>Returns the charge for a call that started at a given time.</summary>
    public ChargedLimit ChargeAt(UnixMicros time, Int128? ifUnpriced)
    {
        long? count = Limit.Window switch
        {
            _ when Limit.Metric == LimitMetric.ConcurrentRequests => null,
            RollingWindow => _rolling!.GetPart(time.Value),
            BucketWindow => null,
            _ => window.Start,
        };
        if (_cachedCharge is { } known && known.CountWindow == count && known.IfUnpriced == ifUnpriced)
            return known;
        return _cachedCharge = new ChargedLimit(
            Limit.Id,
            target,
            Limit.Metric,
            LeasesQuota ? window.Start : null,
            count,
            ifUnpriced
        );
    }

    /// <summary>The amount drained since the store last responded is available again.</summary>
    private Int128 BucketLevelAt(BucketWindow bucket, UnixMicros now)
    {
        if (_reading.Exchange == 0 || Limit.AmountAt(now.ToTime()) is not { } inflow)
            return 0;
        var (period, debt) = (
            bucket.Period.ToMicros(),
            new BucketLevel(_reading.Count.Debt, _reading.At.Value).LevelAt(now.Value, inflow).Debt
        );
        return (debt + period - 1) / period;
    }

    private static Int128 RollingSumAt(
        RollingWindow window,
        IReadOnlyList<(long Part, Int128 Used)> parts,
        UnixMicros now
    )
    {
        Int128 used = 0;
        var oldest = window.GetOldestPart(now.Value);
        foreach (var (part, amount) in parts)
            if (part >= oldest)
                used += amount;
        return used;
    }
}

using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.Time;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Accounting.Limits.Admission;

/// <summary>
/// What this gate may spend of one counter in one window: its grant, of which calls under way have reserved a part.
/// Used only under the controller's lock.
/// </summary>
/// <param name="limit">The limit.</param>
/// <param name="target">Whose count.</param>
/// <param name="grantWindow">The window of the grant.</param>
/// <param name="windowEnd">When it ends.</param>
/// <param name="followsAnother">
/// Whether this gate had another account of the target before: where its clock went back, that one may have been given
/// something of the same window, which is not to be had twice.
/// </param>
internal sealed class LimitAccount(Limit limit, string target, long grantWindow, long windowEnd, bool followsAnother)
{
    private readonly RollingWindow? _rolling = limit.Window as RollingWindow;
    private ChargedLimit? _charge;
    private long _seenAt;
    private Int128 _pouring;

    /// <summary>
    /// Whether more is spent and granted than allowed, since the amount was lowered: what comes free is not for the
    /// next call.
    /// </summary>
    private bool _isOverdrawn;

    public Limit Limit { get; private set; } = limit;

    public string Target => target;

    /// <summary>The window of the grant, in microseconds since 1970; 0 where windows do not end.</summary>
    public long GrantWindow => grantWindow;

    /// <summary>When the window ends.</summary>
    public long WindowEnd => windowEnd;

    /// <summary>
    /// The part of the grant that no call has reserved. Negative where calls took more than they had reserved.
    /// </summary>
    public Int128 Free { get; set; }

    /// <summary>What was granted under an amount that no longer holds, and goes back to be asked for again.</summary>
    public Int128 Withdrawn { get; set; }

    /// <summary>
    /// What the store ever gave for the window, less what was given back, as far as this gate has heard.
    /// </summary>
    public Int128 Given { get; private set; }

    /// <summary>
    /// Whether an exchange was not answered, so that the store may hold more for this gate than it knows.
    /// </summary>
    public bool IsUnsure { get; private set; }

    /// <summary>What calls under way have reserved.</summary>
    public Int128 Reserved { get; private set; }

    /// <summary>
    /// The counter as the store saw it last; its rest is what other calls could still be granted then.
    /// </summary>
    public LimitCount Last { get; private set; }

    /// <summary>The number of the exchange that saw it; 0 where none did.</summary>
    public long Seen { get; private set; }

    /// <summary>What could be given back.</summary>
    public Int128 Held => Int128.Max(0, Free) + Withdrawn;

    /// <summary>What waiting calls need together.</summary>
    public Int128 Need { get; private set; }

    /// <summary>The least that one of them lacks.</summary>
    public Int128 Smallest { get; private set; }

    /// <summary>What calls lack that are let through in any case.</summary>
    public Int128 Forced { get; private set; }

    /// <summary>What was taken, less what came back, since the demand was last looked at.</summary>
    public Int128 Taken { get; private set; }

    /// <summary>What calls take in a second, as far as is known.</summary>
    public Int128 Demand { get; private set; }

    /// <summary>When a call last asked for it, in microseconds since 1970.</summary>
    public long LastAsked { get; set; }

    /// <summary>Whether it grants at all: a soft limit is only counted.</summary>
    public bool Grants => Limit is { Mode: LimitMode.Hard, Amount: not null };

    /// <summary>
    /// What calls have taken of a bucket that only counts, less what came back, since the store was told: bookings are
    /// counted by windows, and a bucket has none.
    /// </summary>
    public Int128 Poured { get; private set; }

    /// <summary>What is booked and reserved at a time, as far as this gate knows.</summary>
    public Int128 CommittedAt(long now) =>
        Limit.Window switch
        {
            BucketWindow bucket => InBucket(bucket, now) + Poured + _pouring,
            RollingWindow rolling when !Grants => Last.Parts is { } parts
                ? Rolling(rolling, parts, now) + Last.Granted + Reserved
                : Reserved,
            _ => Last.Used + Last.Granted + (Grants ? 0 : Reserved),
        };

    /// <summary>Whether it is a bucket that only counts.</summary>
    private bool Pours => Limit is { Window: BucketWindow, Amount: not null } && !Grants;

    /// <summary>
    /// Takes another amount or mode. What was granted under a higher amount may be more than there is now.
    /// </summary>
    public void Become(Limit changed)
    {
        if (
            changed.Amount < Limit.Amount
            || (changed.Amount is not null && Limit.Amount is null)
            || changed.Raise != Limit.Raise
        )
            Withdraw();
        Limit = changed;
    }

    /// <summary>
    /// Sends back what no call has reserved, and what comes free, until an exchange has said what there is.
    /// </summary>
    public void Withdraw()
    {
        Withdrawn += Int128.Max(0, Free);
        Free = Int128.Min(0, Free);
        _isOverdrawn = true;
    }

    /// <summary>Notes that a call waits for more.</summary>
    public void AskFor(Int128 amount, Int128 lack, bool force)
    {
        lack = Int128.Max(lack, 1);
        if (force)
        {
            Forced += lack;
            return;
        }

        Smallest = Need == 0 ? lack : Int128.Min(Smallest, lack);
        Need += Int128.Max(amount, 1);
    }

    /// <summary>Forgets who waits: those whom an exchange does not serve ask again.</summary>
    public void Asked() => (Need, Smallest, Forced) = (0, 0, 0);

    public void Take(Int128 amount)
    {
        if (Grants)
            Free -= amount;
        else if (Pours)
            Poured += amount;
        Reserved += amount;
        Taken += amount;
    }

    /// <summary>
    /// Ends a reservation: what was not used is free again; what was used leaves the grant with the booking.
    /// </summary>
    public void Settle(Int128 reserved, Int128 used)
    {
        Reserved -= reserved;
        Taken -= reserved - used;
        if (!Grants)
        {
            if (Pours)
                Poured -= reserved - used;
            return;
        }

        if (_isOverdrawn && reserved > used)
            Withdrawn += reserved - used;
        else
            Free += reserved - used;
    }

    /// <summary>
    /// Tells the store what was taken of a bucket that only counts. Where it does not hear it, nobody was refused for
    /// it.
    /// </summary>
    public Int128 Pour()
    {
        (_pouring, Poured) = (_pouring + Poured, 0);
        return _pouring;
    }

    /// <summary>Sends something back. Should the store not take it, its next answer says so.</summary>
    public void GiveBack(Int128 amount)
    {
        Free -= amount - Withdrawn;
        Given -= amount;
        Withdrawn = 0;
    }

    /// <summary>
    /// Takes in what the store answered to the exchange of that number: the difference to what was heard of, so that an
    /// answer that was lost is made good by the next one.
    /// </summary>
    /// <param name="state">The answer.</param>
    /// <param name="exchange">The exchange.</param>
    /// <param name="at">The store's time then, in microseconds since 1970.</param>
    public void Answered(in GrantState state, long exchange, long at)
    {
        if (state.IsNew && Given != 0)
            Lose();
        if (Seen == 0 && (followsAnother || !IsUnsure))
            Given = state.Given - state.Granted;
        Free += state.Given - Given;
        (Given, IsUnsure) = (state.Given, false);
        (Last, Seen, _seenAt, _pouring) = (state.Count, exchange, at, 0);
        _isOverdrawn = Last.Rest < 0;
    }

    /// <summary>Nobody knows what became of an exchange: the next answer tells.</summary>
    public void NotAnswered() => (IsUnsure, _pouring) = (true, 0);

    /// <summary>
    /// The grant was given to others. What calls under way have reserved of it is owed, and asked for again.
    /// </summary>
    public void Lose() => (Free, Given, Withdrawn) = (Grants ? -Reserved : 0, 0, 0);

    /// <summary>Looks at the demand of the time that has passed.</summary>
    public void Measure(double seconds)
    {
        var rate = Int128.Max(0, (Int128)((double)Taken / Math.Max(seconds, 0.001)));
        Demand = (Demand + rate) / 2;
        Taken = 0;
    }

    /// <summary>Where a call that started then is counted.</summary>
    public ChargedLimit ChargeAt(long micros, Int128? ifUnpriced)
    {
        long? count = Limit.Window switch
        {
            _ when Limit.Metric == LimitMetric.ConcurrentRequests => null,
            RollingWindow => _rolling!.PartOf(micros),
            BucketWindow => null,
            _ => grantWindow,
        };
        if (_charge is { } known && known.CountWindow == count && known.IfUnpriced == ifUnpriced)
            return known;
        return _charge = new ChargedLimit(
            Limit.Id,
            target,
            Limit.Metric,
            Grants ? grantWindow : null,
            count,
            ifUnpriced
        );
    }

    /// <summary>What has flowed back since the store was asked is there again.</summary>
    private Int128 InBucket(BucketWindow bucket, long now)
    {
        if (Seen == 0 || Limit.AmountAt(StoredTime.ToTime(now)) is not { } inflow)
            return 0;
        var (period, debt) = (
            bucket.Period.Ticks / TimeSpan.TicksPerMicrosecond,
            new TokenBucket(Last.Debt, _seenAt).FlowedTo(now, inflow).Debt
        );
        return (debt + period - 1) / period;
    }

    private static Int128 Rolling(RollingWindow window, IReadOnlyList<(long Part, Int128 Used)> parts, long now)
    {
        Int128 used = 0;
        var oldest = window.OldestAt(now);
        foreach (var (part, amount) in parts)
            if (part >= oldest)
                used += amount;
        return used;
    }
}

using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Accounting.Limits.Leases;

/// <summary>
/// Allocates quota leases, in the same way for every store: a store reads the rows that <see cref="CounterOf"/>
/// selects, under its lock, and writes what <see cref="Decide"/> changes.
/// </summary>
public static class GrantBook
{
    /// <summary>
    /// A lease for future calls is at most this fraction of the remainder, so that all gateways get some near the end.
    /// </summary>
    private const int PartOfRest = 20;

    /// <summary>Returns the windows that count for a limit at a given time.</summary>
    public static CounterWindows CounterOf(Limit limit, long now) =>
        limit.Window switch
        {
            CalendarWindow calendar when SpanAt(calendar, now) is var (start, end) => new(start, end, start, start),
            RollingWindow rolling => new(0, long.MaxValue, rolling.OldestAt(now), rolling.PartOf(now)),
            _ => new(0, long.MaxValue, 0, 0),
        };

    /// <summary>Returns the current count.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="target">The target.</param>
    /// <param name="now">Microseconds since 1970.</param>
    /// <param name="rows">Its rows.</param>
    public static LimitCount Count(Limit limit, string target, long now, in CounterRows rows)
    {
        var windows = CounterOf(limit, now);
        var used = rows.Booked.Aggregate(Int128.Zero, static (sum, part) => sum + part.Used);
        var amount = limit.AmountAt(DateTimeOffset.UnixEpoch.AddMicroseconds(now));
        var rest = amount is { } most ? most - used - rows.Held : Int128.MaxValue;
        Int128 debt = 0;
        if (limit.Window is BucketWindow bucket && amount is { } inflow)
        {
            (debt, used) = (Flowed(limit, rows.Bucket, now).Debt, 0);
            rest = new TokenBucket(debt, now).Available(bucket.Burst ?? inflow, Micros(bucket.Period));
            used = (bucket.Burst ?? inflow) - rest - rows.Held;
        }

        return new LimitCount(
            limit.Id,
            target,
            used,
            rows.Held,
            rest,
            windows.Grant,
            windows.End,
            limit.Window is RollingWindow ? rows.Booked : [],
            debt
        );
    }

    /// <summary>Decides what a request is granted and how the counter changes.</summary>
    public static GrantDecision Decide(in GrantOrder order, long now, in CounterRows rows)
    {
        // 0. A count-only bucket just records what was taken; nothing is granted from it.
        if (order.Limit is { Mode: not LimitMode.Hard, Window: BucketWindow })
            return Poured(order, now, rows);

        // 1. Returned quota is available again, unless its window has ended or the holder holds nothing.
        var windows = CounterOf(order.Limit, now);
        var own = rows.Own ?? default;
        var givenBack = order.GrantWindow == windows.Grant ? Int128.Min(order.GiveBack, Int128.Max(0, own.Held)) : 0;
        var after = Change(order.Limit, now, rows, -givenBack);

        // 2. Grant from what is available. Overdrafts come first, because they are already spent.
        var rest = Count(order.Limit, order.Target, now, after).Rest - order.Forced;
        var granted =
            order.Need <= 0 ? 0
            : rest < order.Smallest ? 0
            : Int128.Max(0, Int128.Min(rest, order.Need + Int128.Min(order.Extra, rest / PartOfRest)));
        granted += order.Forced;

        // 3. Compute the remainder.
        after = Change(order.Limit, now, after, granted);
        var given = own.Given + granted - givenBack;
        var count = Count(order.Limit, order.Target, now, after);
        return new GrantDecision(
            new GrantState(windows.Grant, windows.End, granted, given, rows.Own is null, count),
            granted - givenBack,
            after
        );
    }

    private static GrantDecision Poured(in GrantOrder order, long now, in CounterRows rows)
    {
        var bucket = Flow(order.Limit, now, rows.Bucket, order.Forced);
        // The debt is capped at twice the capacity, so that an hour of too many calls does not mark the bucket for a
        // day.
        var most =
            2
            * (order.Limit.MostAt(DateTimeOffset.UnixEpoch.AddMicroseconds(now)) ?? 0)
            * Micros(((BucketWindow)order.Limit.Window).Period);
        var after = rows with { Bucket = bucket with { Debt = Int128.Min(bucket.Debt, most) } };
        var windows = CounterOf(order.Limit, now);
        return new GrantDecision(
            new GrantState(windows.Grant, windows.End, 0, 0, false, Count(order.Limit, order.Target, now, after)),
            0,
            after
        );
    }

    /// <summary>A bucket from which only the held quota is taken.</summary>
    public static TokenBucket BucketOf(Limit limit, Int128 held) =>
        default(TokenBucket).Taken(held, Micros(((BucketWindow)limit.Window).Period));

    /// <summary>Returns the rows after the holder's lease has grown or shrunk.</summary>
    private static CounterRows Change(Limit limit, long now, in CounterRows rows, Int128 by)
    {
        var before = rows.Own ?? default;
        var own = new OwnGrant(before.Held + by, before.Given + by);
        return rows with
        {
            Own = own,
            Held = rows.Held - Int128.Max(0, before.Held) + Int128.Max(0, own.Held),
            Bucket = limit.Window is BucketWindow ? Flow(limit, now, rows.Bucket, by) : rows.Bucket,
        };
    }

    private static TokenBucket Flow(Limit limit, long now, TokenBucket bucket, Int128 taken) =>
        Flowed(limit, bucket, now).Taken(taken, Micros(((BucketWindow)limit.Window).Period));

    /// <summary>
    /// Returns the bucket at a given time: it drains faster during a temporary increase, even if that ended after the
    /// bucket was last updated.
    /// </summary>
    private static TokenBucket Flowed(Limit limit, TokenBucket bucket, long now)
    {
        if (
            limit.Raise is { } raise
            && Micros(raise.Until - DateTimeOffset.UnixEpoch) is var end
            && bucket.At < end
            && end < now
        )
            bucket = bucket.FlowedTo(end, Int128.Max(raise.Amount, limit.Amount ?? 0));
        return bucket.FlowedTo(now, limit.AmountAt(DateTimeOffset.UnixEpoch.AddMicroseconds(now)) ?? 0);
    }

    private static (long Start, long End) SpanAt(CalendarWindow window, long now)
    {
        var span = window.At(DateTimeOffset.UnixEpoch.AddMicroseconds(now));
        return (Micros(span.Start - DateTimeOffset.UnixEpoch), Micros(span.End - DateTimeOffset.UnixEpoch));
    }

    private static long Micros(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMicrosecond;
}

using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Accounting.Limits.Leases;

/// <summary>
/// The arithmetic of grants, the same for every store: a store reads the rows that <see cref="CounterOf"/> names, under
/// its lock, and writes what <see cref="Decide"/> changes.
/// </summary>
public static class GrantBook
{
    /// <summary>
    /// A grant for calls to come is at most this part of the rest, so that near the end all gates get some.
    /// </summary>
    private const int PartOfRest = 20;

    /// <summary>Which rows count for a limit at a time.</summary>
    public static CounterWindows CounterOf(Limit limit, long now) =>
        limit.Window switch
        {
            CalendarWindow calendar when SpanAt(calendar, now) is var (start, end) => new(start, end, start, start),
            RollingWindow rolling => new(0, long.MaxValue, rolling.OldestAt(now), rolling.PartOf(now)),
            _ => new(0, long.MaxValue, 0, 0),
        };

    /// <summary>The counter as it is.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="target">Whose count.</param>
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

    /// <summary>What an order gets, and what that makes of the counter.</summary>
    public static GrantDecision Decide(in GrantOrder order, long now, in CounterRows rows)
    {
        // 0. A bucket that only counts is told what was taken: nobody is granted anything of it.
        if (order.Limit is { Mode: not LimitMode.Hard, Window: BucketWindow })
            return Poured(order, now, rows);

        // 1. What is given back is there again; a window that is over takes nothing back, nor does one who holds
        //    nothing.
        var windows = CounterOf(order.Limit, now);
        var own = rows.Own ?? default;
        var givenBack = order.GrantWindow == windows.Grant ? Int128.Min(order.GiveBack, Int128.Max(0, own.Held)) : 0;
        var after = Change(order.Limit, now, rows, -givenBack);

        // 2. What there is, and what of it is given. What is spent already comes first.
        var rest = Count(order.Limit, order.Target, now, after).Rest - order.Forced;
        var granted =
            order.Need <= 0 ? 0
            : rest < order.Smallest ? 0
            : Int128.Max(0, Int128.Min(rest, order.Need + Int128.Min(order.Extra, rest / PartOfRest)));
        granted += order.Forced;

        // 3. What is left.
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
        // Twice what it holds is lost at the most, so that an hour of too many calls is not marked for a day.
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

    /// <summary>A bucket from which nothing is taken but what holders hold.</summary>
    public static TokenBucket BucketOf(Limit limit, Int128 held) =>
        default(TokenBucket).Taken(held, Micros(((BucketWindow)limit.Window).Period));

    /// <summary>The rows after the holder's grant has grown, or shrunk.</summary>
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
    /// The bucket at a time: faster as long as a raise held, also where it has ended since the bucket was last looked
    /// at.
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

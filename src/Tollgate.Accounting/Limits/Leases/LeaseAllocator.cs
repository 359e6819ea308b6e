using Tollgate.Accounting.Time;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Accounting.Limits.Leases;

/// <summary>
/// Allocates quota leases, in the same way for every store: a store reads the rows that <see cref="WindowsAt"/>
/// selects, under its lock, and writes what <see cref="Decide"/> changes.
/// </summary>
public static class LeaseAllocator
{
    /// <summary>
    /// A lease for future calls is at most this fraction of the remainder, so that all gateways get some near the end.
    /// </summary>
    private const int RemainderDivisor = 20;

    /// <summary>Returns the windows that count for a limit at a given time.</summary>
    public static CounterWindows WindowsAt(Limit limit, UnixMicros now) =>
        limit.Window switch
        {
            CalendarWindow calendar when SpanAt(calendar, now) is var (start, end) => new(start, end, start, start),
            RollingWindow rolling => new(
                0,
                long.MaxValue,
                rolling.GetOldestPart(now.Value),
                rolling.GetPart(now.Value)
            ),
            _ => new(0, long.MaxValue, 0, 0),
        };

    /// <summary>Returns the current count.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="target">The target.</param>
    /// <param name="now">The time.</param>
    /// <param name="rows">Its rows.</param>
    public static LimitCount Count(Limit limit, string target, UnixMicros now, in CounterRows rows)
    {
        var windows = WindowsAt(limit, now);
        var used = rows.Booked.Aggregate(Int128.Zero, static (sum, part) => sum + part.Used);
        var amount = limit.AmountAt(now.ToTime());
        var rest = amount is { } most ? most - used - rows.Held : Int128.MaxValue;
        Int128 debt = 0;
        if (limit.Window is BucketWindow bucket && amount is { } inflow)
        {
            (debt, used) = (BucketAt(limit, rows.Bucket, now).Debt, 0);
            rest = new BucketLevel(debt, now.Value).Available(bucket.Burst ?? inflow, bucket.Period.ToMicros());
            used = (bucket.Burst ?? inflow) - rest - rows.Held;
        }

        return new LimitCount(
            limit.Id,
            target,
            used,
            rows.Held,
            rest,
            windows.Lease,
            windows.End,
            limit.Window is RollingWindow ? rows.Booked : [],
            debt
        );
    }

    /// <summary>Decides what a request is granted and how the counter changes.</summary>
    public static LeaseDecision Decide(in LeaseRequest order, UnixMicros now, in CounterRows rows)
    {
        // 1. Returned quota is available again, unless its window has ended or the holder holds nothing.
        var windows = WindowsAt(order.Limit, now);
        var own = rows.OwnLease ?? default;
        var givenBack = order.LeaseWindow == windows.Lease ? Int128.Min(order.Returned, Int128.Max(0, own.Held)) : 0;
        var after = Change(order.Limit, now, rows, -givenBack);

        // 2. A count-only bucket just records what was taken; nothing is granted from it.
        if (order.Limit is { Mode: not LimitMode.Hard, Window: BucketWindow })
            return RecordUsage(order, now, after, givenBack, isNew: rows.OwnLease is null);

        // 3. Grant from what is available. Overdrafts come first, because they are already spent.
        var rest = Count(order.Limit, order.Target, now, after).Remaining - order.Overdraft;
        var granted =
            order.Need <= 0 ? 0
            : rest < order.MinNeed ? 0
            : Int128.Max(0, Int128.Min(rest, order.Need + Int128.Min(order.Extra, rest / RemainderDivisor)));
        granted += order.Overdraft;

        // 4. Compute the remainder.
        after = Change(order.Limit, now, after, granted);
        var given = own.TotalLeased + granted - givenBack;
        var count = Count(order.Limit, order.Target, now, after);
        return new LeaseDecision(
            new LeaseState(windows.Lease, windows.End, granted, given, rows.OwnLease is null, count),
            granted - givenBack,
            after
        );
    }

    private static LeaseDecision RecordUsage(
        in LeaseRequest order,
        UnixMicros now,
        in CounterRows rows,
        Int128 givenBack,
        bool isNew
    )
    {
        var bucket = ChangeLevel(order.Limit, now, rows.Bucket, order.Overdraft);
        // The debt is capped at twice the capacity, so that an hour of too many calls does not mark the bucket for a
        // day.
        var most =
            2
            * (order.Limit.MaxAt(now.ToTime()) ?? 0)
            * ((BucketWindow)order.Limit.Window).Period.ToMicros();
        var after = rows with { Bucket = bucket with { Debt = Int128.Min(bucket.Debt, most) } };
        var windows = WindowsAt(order.Limit, now);
        return new LeaseDecision(
            new LeaseState(
                windows.Lease,
                windows.End,
                0,
                rows.OwnLease?.TotalLeased ?? 0,
                isNew,
                Count(order.Limit, order.Target, now, after)
            ),
            -givenBack,
            after
        );
    }

    /// <summary>A bucket from which only the held quota is taken.</summary>
    public static BucketLevel CreateBucket(Limit limit, Int128 held) =>
        default(BucketLevel).Take(held, ((BucketWindow)limit.Window).Period.ToMicros());

    /// <summary>Returns the rows after the holder's lease has grown or shrunk.</summary>
    private static CounterRows Change(Limit limit, UnixMicros now, in CounterRows rows, Int128 by)
    {
        var before = rows.OwnLease ?? default;
        var own = new HolderLease(before.Held + by, before.TotalLeased + by);
        return rows with
        {
            OwnLease = own,
            Held = rows.Held - Int128.Max(0, before.Held) + Int128.Max(0, own.Held),
            Bucket = limit.Window is BucketWindow ? ChangeLevel(limit, now, rows.Bucket, by) : rows.Bucket,
        };
    }

    private static BucketLevel ChangeLevel(Limit limit, UnixMicros now, BucketLevel bucket, Int128 taken) =>
        BucketAt(limit, bucket, now).Take(taken, ((BucketWindow)limit.Window).Period.ToMicros());

    /// <summary>
    /// Returns the bucket at a given time: it drains faster during a temporary increase, even if that ended after the
    /// bucket was last updated.
    /// </summary>
    private static BucketLevel BucketAt(Limit limit, BucketLevel bucket, UnixMicros now)
    {
        if (
            limit.TemporaryIncrease is { } raise
            && raise.Until.ToMicros() is var end
            && bucket.At < end
            && end < now.Value
        )
            bucket = bucket.LevelAt(end, Int128.Max(raise.Amount, limit.Amount ?? 0));
        return bucket.LevelAt(now.Value, limit.AmountAt(now.ToTime()) ?? 0);
    }

    private static (long Start, long End) SpanAt(CalendarWindow window, UnixMicros now)
    {
        var span = window.At(now.ToTime());
        return (span.Start.ToMicros(), span.End.ToMicros());
    }
}

using System.Globalization;
using Tollgate.Accounting.Alerts;
using Tollgate.Accounting.Limits;
using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.Time;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores.Sqlite.Writing;

/// <summary>
/// The rows of limits, on the writer's connection and in its transactions. For the writer's thread only.
/// </summary>
internal sealed class SqliteLimitRows : IDisposable
{
    private const long Million = 1_000_000;

    private readonly SqliteThresholdLevels _levels;
    private readonly LimitsWithThresholds _monitor;
    private readonly TimeProvider _clock;
    private readonly SqliteStatement _counts,
        _held,
        _addHeld,
        _takeHeld,
        _addUsed,
        _setBucket,
        _findHolder,
        _holder,
        _prune,
        _pruneLeases,
        _sums;
    private readonly Dictionary<(string Limit, string Target, long Window), Int128> _used = [];
    private readonly Dictionary<(string Limit, string Target, long Window, Guid Holder), Int128> _spent = [];

    public SqliteLimitRows(SqliteDatabase database, LimitsWithThresholds definitions, TimeProvider clock)
    {
        (_monitor, _clock) = (definitions, clock);
        _levels = new SqliteThresholdLevels(database);
        _counts = database.Prepare(
            "read a limit's counts",
            "SELECT window, used_millions - forgiven_millions, used_ones - forgiven_ones, debt, debt_at FROM "
                + "limit_counts "
                + "WHERE limit_id = ?1 AND target = ifnull(?2, '') AND window >= ?3 ORDER BY window"
        );
        _held = database.Prepare(
            "read a limit's leases",
            "SELECT held_millions, held_ones, leased_millions, leased_ones, holder = ?4 FROM limit_leases WHERE "
                + "limit_id = ?1 AND target = ifnull(?2, '') AND window = ?3"
        );
        _addHeld = database.Prepare(
            "lease quota",
            "INSERT INTO limit_leases VALUES (?1, ifnull(?2, ''), ?3, ?4, ?5, ?6, ?5, ?6) ON CONFLICT DO UPDATE SET "
                + "held_millions = held_millions + excluded.held_millions, held_ones = held_ones + excluded.held_ones, "
                + "leased_millions = leased_millions + excluded.leased_millions, leased_ones = leased_ones + "
                + "excluded.leased_ones"
        );
        // Never inserted: what was released meanwhile is counted against the other holders.
        _takeHeld = database.Prepare(
            "spend a lease",
            "UPDATE limit_leases SET held_millions = held_millions - ?5, held_ones = held_ones - ?6 WHERE limit_id = "
                + "?1 AND target = ifnull(?2, '') AND window = ?3 AND holder = ?4"
        );
        _addUsed = database.Prepare(
            "count",
            "INSERT INTO limit_counts (limit_id, target, window, used_millions, used_ones) VALUES (?1, ifnull(?2, "
                + "''), ?3, ?4, ?5) ON CONFLICT DO UPDATE SET "
                + "used_millions = used_millions + excluded.used_millions, used_ones = used_ones + excluded.used_ones "
                + "RETURNING used_millions - forgiven_millions, used_ones - forgiven_ones"
        );
        _sums = database.Prepare(
            "add up a limit's counts",
            "SELECT target, sum(used_millions - forgiven_millions), sum(used_ones - forgiven_ones) FROM limit_counts "
                + "WHERE limit_id = ?1 AND window BETWEEN ?2 AND ?3 GROUP BY target"
        );
        _setBucket = database.Prepare(
            "set a bucket",
            "INSERT INTO limit_counts (limit_id, target, window, debt, debt_at) VALUES (?1, ifnull(?2, ''), 0, ?3, "
                + "?4) ON CONFLICT DO UPDATE SET "
                + "debt = excluded.debt, debt_at = excluded.debt_at"
        );
        _findHolder = database.Prepare("find a holder", "SELECT count(*) FROM limit_holders WHERE holder = ?1");
        _holder = database.Prepare(
            "renew a lease",
            "INSERT INTO limit_holders VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET name = excluded.name, lease_end "
                + "= excluded.lease_end"
        );
        _prune = database.Prepare(
            "prune old counts",
            "DELETE FROM limit_counts WHERE limit_id = ?1 AND target = ifnull(?2, '') AND window < ?3 AND window > 0"
        );
        _pruneLeases = database.Prepare(
            "prune old leases",
            "DELETE FROM limit_leases WHERE limit_id = ?1 AND target = ifnull(?2, '') AND window < ?3 AND window > 0"
        );
    }

    /// <summary>Discards what a transaction that was not committed would have charged.</summary>
    public void Clear()
    {
        _used.Clear();
        _spent.Clear();
    }

    /// <summary>Charges a record that was written in this transaction.</summary>
    public void Charge(UsageRecord record, LimitCharges charges)
    {
        foreach (var (limit, amount) in charges.AmountsFor(record))
        {
            if (limit.CountWindow is { } count)
                Add(_used, (limit.Id, limit.Target, count), amount);
            if (limit.GrantWindow is { } grant && limit.Metric != LimitMetric.ConcurrentRequests)
                Add(_spent, (limit.Id, limit.Target, grant, charges.Holder), amount);
        }
    }

    /// <summary>Writes the charges of the transaction.</summary>
    public void Write()
    {
        if (_used.Count > 0 || _spent.Count > 0)
            WriteCharges();
    }

    private void WriteCharges()
    {
        foreach (var (key, amount) in _used)
        {
            var (millions, ones) = Split(amount);
            _addUsed.Restart().Add(key.Limit).Add(key.Target).Add(key.Window).Add(millions).Add(ones);
            Int128 used = 0;
            while (_addUsed.Next())
                used = Join(_addUsed.Number(0), _addUsed.Number(1));
            if (_monitor.Find(key.Limit) is { } limit)
                EvaluateThresholds(limit, key.Target, key.Window, used, amount);
            else if (_monitor.NeedsBackfill(key.Limit, key.Window))
                _levels.MarkForBackfill(key.Limit, key.Target, key.Window, _clock.GetUtcNow().ToMicros());
        }

        foreach (var (key, amount) in _spent)
        {
            var (millions, ones) = Split(amount);
            _takeHeld
                .Restart()
                .Add(key.Limit)
                .Add(key.Target)
                .Add(key.Window)
                .Add(key.Holder)
                .Add(millions)
                .Add(ones)
                .Run();
        }
    }

    /// <summary>Grants and takes back leases.</summary>
    public LeaseResponse Exchange(LeaseHolder holder, IReadOnlyList<LeaseRequest> orders, long now)
    {
        // Records from earlier in this transaction are not in the tables yet.
        Write();
        Clear();
        var isNew = _findHolder.Restart().Add(holder.Id).ReadNumber() == 0;
        _holder
            .Restart()
            .Add(holder.Id)
            .Add(holder.Name)
            .Add(now + (holder.LeaseDuration.Ticks / TimeSpan.TicksPerMicrosecond))
            .Run();
        var states = new List<LeaseState>(orders.Count);
        foreach (var order in orders)
            states.Add(Exchange(holder, order, now));
        return new LeaseResponse(now, states, isNew);
    }

    /// <summary>Raises the missed alerts of these limits.</summary>
    public void BackfillAlerts(IReadOnlyList<Limit> limits, long now)
    {
        Write();
        Clear();
        foreach (var limit in limits)
        {
            var windows = LeaseAllocator.WindowsAt(limit, now);
            Backfill(limit, windows.Booked, now);
            if (!ThresholdLevel.HasThresholds(limit) || limit.Window is BucketWindow)
                continue;
            List<(string Target, Int128 Used)> counts = [];
            _sums.Restart().Add(limit.Id).Add(windows.OldestBooked).Add(windows.Booked);
            while (_sums.Next())
                counts.Add((_sums.Text(0) ?? "", Join(_sums.Number(1), _sums.Number(2))));
            foreach (var (target, used) in counts)
                _levels.Evaluate(new ThresholdCheck(limit, target, windows.Booked, used, 0, now));
        }
    }

    /// <summary>Checks windows that have ended, and were charged by a process without the limit.</summary>
    private void Backfill(Limit limit, long current, long now)
    {
        foreach (var (target, window) in _levels.TakeMarked(limit.Id))
        {
            if (!ThresholdLevel.HasThresholds(limit) || limit.Window is not CalendarWindow || window >= current)
                continue;
            Int128 used = 0;
            _counts.Restart().Add(limit.Id).Add(target).Add(window);
            while (_counts.Next())
                if (_counts.Number(0) == window)
                    used = Join(_counts.Number(1), _counts.Number(2));
            _levels.Evaluate(new ThresholdCheck(limit, target, window, used, 0, now));
        }
    }

    /// <summary>Reads the rows of one counter, from the perspective of a holder.</summary>
    private CounterRows Read(string limit, string target, Guid holder, in CounterWindows windows)
    {
        List<(long, Int128)> booked = [];
        var bucket = default(BucketLevel);
        _counts.Restart().Add(limit).Add(target).Add(windows.OldestBooked);
        while (_counts.Next())
        {
            booked.Add((_counts.Number(0), Join(_counts.Number(1), _counts.Number(2))));
            if (_counts.Text(3) is { } debt)
                bucket = new BucketLevel(Int128.Parse(debt, CultureInfo.InvariantCulture), _counts.Number(4));
        }

        Int128 held = 0;
        HolderLease? own = null;
        _held.Restart().Add(limit).Add(target).Add(windows.Lease).Add(holder);
        while (_held.Next())
        {
            var one = Join(_held.Number(0), _held.Number(1));
            held += Int128.Max(0, one);
            if (_held.Number(4) != 0)
                own = new HolderLease(one, Join(_held.Number(2), _held.Number(3)));
        }

        return new CounterRows(booked, held, bucket, own);
    }

    public void Dispose()
    {
        foreach (
            var statement in (SqliteStatement?[])
                [
                    _counts,
                    _held,
                    _addHeld,
                    _takeHeld,
                    _addUsed,
                    _setBucket,
                    _findHolder,
                    _holder,
                    _prune,
                    _pruneLeases,
                    _sums,
                ]
        )
            statement?.Dispose();
        _levels?.Dispose();
    }

    /// <summary>Decides on alerts in the transaction that changes the count.</summary>
    private void EvaluateThresholds(Limit limit, string target, long window, Int128 used, Int128 added)
    {
        var now = _clock.GetUtcNow().ToMicros();
        if (limit.Window is RollingWindow rolling)
        {
            used = 0;
            _counts.Restart().Add(limit.Id).Add(target).Add(rolling.GetOldestPart(now));
            while (_counts.Next())
                used += Join(_counts.Number(1), _counts.Number(2));
        }

        _levels.Evaluate(new ThresholdCheck(limit, target, window, used, added, now));
    }

    private LeaseState Exchange(LeaseHolder holder, in LeaseRequest order, long now)
    {
        var windows = LeaseAllocator.WindowsAt(order.Limit, now);
        var rows = Read(order.Limit.Id, order.Target, holder.Id, windows);
        if (rows.Booked.Count == 0 || rows.Booked[^1].Part < windows.Booked)
            Prune(order, windows);
        var decision = LeaseAllocator.Decide(order, now, rows);
        if (decision.HeldChange != 0)
        {
            var (millions, ones) = Split(decision.HeldChange);
            _addHeld
                .Restart()
                .Add(order.Limit.Id)
                .Add(order.Target)
                .Add(decision.State.LeaseWindow)
                .Add(holder.Id)
                .Add(millions)
                .Add(ones)
                .Run();
        }

        if (order.Limit.Window is BucketWindow && decision.Rows.Bucket is var bucket && bucket != rows.Bucket)
            _setBucket
                .Restart()
                .Add(order.Limit.Id)
                .Add(order.Target)
                .Add(bucket.Debt.ToString(CultureInfo.InvariantCulture))
                .Add(bucket.At)
                .Run();
        // The level of a bucket changes only in exchanges: records are charged to leases, and leases to the bucket.
        if (order.Limit.Window is BucketWindow && ThresholdLevel.HasThresholds(order.Limit))
            _levels.Evaluate(new ThresholdCheck(order.Limit, order.Target, 0, decision.State.Count.Used, 0, now));
        return decision.State;
    }

    /// <summary>
    /// Removes old rows before the first record of a window or a part of a rolling one: rows more than a day old can no
    /// longer be charged by a call in flight.
    /// </summary>
    private void Prune(in LeaseRequest order, in CounterWindows windows)
    {
        var before = windows.OldestBooked - RollupKey.DayMicros;
        if (before <= 0)
            return;
        _prune.Restart().Add(order.Limit.Id).Add(order.Target).Add(before).Run();
        _pruneLeases.Restart().Add(order.Limit.Id).Add(order.Target).Add(before).Run();
        _levels.Prune(order.Limit.Id, order.Target, before);
    }

    private static void Add<T>(Dictionary<T, Int128> sums, T key, Int128 amount)
        where T : notnull => sums[key] = sums.GetValueOrDefault(key) + amount;

    private static (long Millions, long Ones) Split(Int128 amount)
    {
        var (millions, ones) = Int128.DivRem(amount, Million);
        return (checked((long)millions), (long)ones);
    }

    private static Int128 Join(long millions, long ones) => ((Int128)millions * Million) + ones;
}

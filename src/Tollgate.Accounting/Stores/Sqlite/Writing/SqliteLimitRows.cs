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
    private readonly SqliteLimitStatements _sql;
    private readonly Dictionary<(string Limit, string Target, long Window), Int128> _used = [];
    private readonly Dictionary<(string Limit, string Target, long Window, Guid Holder), Int128> _spent = [];

    public SqliteLimitRows(SqliteDatabase database, LimitsWithThresholds definitions, TimeProvider clock)
    {
        (_monitor, _clock) = (definitions, clock);
        (_sql, _levels) = (new SqliteLimitStatements(database), new SqliteThresholdLevels(database));
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
            if (limit.LeaseWindow is { } grant && limit.Metric != LimitMetric.ConcurrentRequests)
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
            _sql.AddUsed.Restart().Add(key.Limit).Add(key.Target).Add(key.Window).Add(millions).Add(ones);
            Int128 used = 0;
            while (_sql.AddUsed.Next())
                used = Join(_sql.AddUsed.Number(0), _sql.AddUsed.Number(1));
            if (_monitor.Find(key.Limit) is { } limit)
                EvaluateThresholds(limit, key.Target, key.Window, used, amount);
            else if (_monitor.NeedsBackfill(key.Limit, key.Window))
                _levels.MarkForBackfill(key.Limit, key.Target, key.Window, _clock.GetUtcNow().ToMicros());
        }

        foreach (var (key, amount) in _spent)
        {
            var (millions, ones) = Split(amount);
            _sql.TakeHeld.Restart()
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
    public LeaseResponse Exchange(LeaseHolder holder, IReadOnlyList<LeaseRequest> orders, UnixMicros now)
    {
        // Records from earlier in this transaction are not in the tables yet.
        Write();
        Clear();
        var isNew = _sql.FindHolder.Restart().Add(holder.Id).ReadNumber() == 0;
        _sql.SetHolder.Restart().Add(holder.Id).Add(holder.Name).Add((now + holder.LeaseDuration).Value).Run();
        var states = new List<LeaseState>(orders.Count);
        foreach (var order in orders)
            states.Add(Exchange(holder, order, now));
        return new LeaseResponse(now, states, isNew);
    }

    /// <summary>Raises the missed alerts of these limits.</summary>
    public void BackfillAlerts(IReadOnlyList<Limit> limits, UnixMicros now)
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
            _sql.Sums.Restart().Add(limit.Id).Add(windows.OldestBooked).Add(windows.Booked);
            while (_sql.Sums.Next())
                counts.Add((_sql.Sums.Text(0) ?? "", Join(_sql.Sums.Number(1), _sql.Sums.Number(2))));
            foreach (var (target, used) in counts)
                _levels.Evaluate(new ThresholdCheck(limit, target, windows.Booked, used, 0, now));
        }
    }

    /// <summary>Checks windows that have ended, and were charged by a process without the limit.</summary>
    private void Backfill(Limit limit, long current, UnixMicros now)
    {
        foreach (var (target, window) in _levels.TakeMarked(limit.Id))
        {
            if (!ThresholdLevel.HasThresholds(limit) || limit.Window is not CalendarWindow || window >= current)
                continue;
            Int128 used = 0;
            _sql.Counts.Restart().Add(limit.Id).Add(target).Add(window);
            while (_sql.Counts.Next())
                if (_sql.Counts.Number(0) == window)
                    used = Join(_sql.Counts.Number(1), _sql.Counts.Number(2));
            _levels.Evaluate(new ThresholdCheck(limit, target, window, used, 0, now));
        }
    }

    /// <summary>Reads the rows of one counter, from the perspective of a holder.</summary>
    private CounterRows Read(string limit, string target, Guid holder, in CounterWindows windows)
    {
        List<(long, Int128)> booked = [];
        var bucket = default(BucketLevel);
        _sql.Counts.Restart().Add(limit).Add(target).Add(windows.OldestBooked);
        while (_sql.Counts.Next())
        {
            booked.Add((_sql.Counts.Number(0), Join(_sql.Counts.Number(1), _sql.Counts.Number(2))));
            if (_sql.Counts.Text(3) is { } debt)
                bucket = new BucketLevel(Int128.Parse(debt, CultureInfo.InvariantCulture), _sql.Counts.Number(4));
        }

        Int128 held = 0;
        HolderLease? own = null;
        _sql.Held.Restart().Add(limit).Add(target).Add(windows.Lease).Add(holder);
        while (_sql.Held.Next())
        {
            var one = Join(_sql.Held.Number(0), _sql.Held.Number(1));
            held += Int128.Max(0, one);
            if (_sql.Held.Number(4) != 0)
                own = new HolderLease(one, Join(_sql.Held.Number(2), _sql.Held.Number(3)));
        }

        return new CounterRows(booked, held, bucket, own);
    }

    public void Dispose()
    {
        _sql.Dispose();
        _levels.Dispose();
    }

    /// <summary>Decides on alerts in the transaction that changes the count.</summary>
    private void EvaluateThresholds(Limit limit, string target, long window, Int128 used, Int128 added)
    {
        var now = UnixMicros.FromTime(_clock.GetUtcNow());
        if (limit.Window is RollingWindow rolling)
        {
            used = 0;
            _sql.Counts.Restart().Add(limit.Id).Add(target).Add(rolling.GetOldestPart(now.Value));
            while (_sql.Counts.Next())
                used += Join(_sql.Counts.Number(1), _sql.Counts.Number(2));
        }

        _levels.Evaluate(new ThresholdCheck(limit, target, window, used, added, now));
    }

    private LeaseState Exchange(LeaseHolder holder, in LeaseRequest order, UnixMicros now)
    {
        var windows = LeaseAllocator.WindowsAt(order.Limit, now);
        var rows = Read(order.Limit.Id, order.Target, holder.Id, windows);
        if (rows.Booked.Count == 0 || rows.Booked[^1].Part < windows.Booked)
            Prune(order, windows);
        var decision = LeaseAllocator.Decide(order, now, rows);
        if (decision.HeldChange != 0)
        {
            var (millions, ones) = Split(decision.HeldChange);
            _sql.AddHeld.Restart()
                .Add(order.Limit.Id)
                .Add(order.Target)
                .Add(decision.State.LeaseWindow)
                .Add(holder.Id)
                .Add(millions)
                .Add(ones)
                .Run();
        }

        if (order.Limit.Window is BucketWindow && decision.Rows.Bucket is var bucket && bucket != rows.Bucket)
            _sql.SetBucket.Restart()
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
        _sql.PruneCounts.Restart().Add(order.Limit.Id).Add(order.Target).Add(before).Run();
        _sql.PruneLeases.Restart().Add(order.Limit.Id).Add(order.Target).Add(before).Run();
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

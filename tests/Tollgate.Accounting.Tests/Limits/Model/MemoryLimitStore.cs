using Tollgate.Accounting.Limits;
using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Time;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Tests.Limits.Model;

/// <summary>Counters in memory, by the same arithmetic as every store's, for driving many commands quickly.</summary>
internal class MemoryLimitStore(TimeProvider clock) : ILimitStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<(string Limit, string Target, long Window), Int128> _used = [];
    private readonly Dictionary<(string Limit, string Target, long Window, Guid Holder), HolderLease> _held = [];
    private readonly Dictionary<(string Limit, string Target), BucketLevel> _buckets = [];
    private readonly HashSet<Guid> _dead = [];

    public Task<LeaseResponse> ExchangeAsync(
        LeaseHolder holder,
        IReadOnlyList<LeaseRequest> orders,
        CancellationToken cancellationToken = default
    )
    {
        lock (_lock)
        {
            if (_dead.Contains(holder.Id))
                throw new IOException("This holder was killed.");
            var now = UnixMicros.FromTime(clock.GetUtcNow());
            return Task.FromResult(
                new LeaseResponse(now, [.. orders.Select(order => Exchange(holder.Id, order, now))])
            );
        }
    }

    /// <summary>Charges a record, as the transaction that books it does.</summary>
    public void Book(UsageRecord record, LimitCharges charges)
    {
        lock (_lock)
        {
            foreach (var (limit, amount) in charges.AmountsFor(record))
            {
                if (limit.CountWindow is { } count)
                    Add(_used, (limit.Id, limit.Target, count), amount);
                if (limit.LeaseWindow is not { } grant || limit.Metric == LimitMetric.ConcurrentRequests)
                    continue;
                var key = (limit.Id, limit.Target, grant, charges.Holder);
                if (_held.TryGetValue(key, out var own))
                    _held[key] = own with { Held = own.Held - amount };
            }
        }
    }

    /// <summary>From here on the holder cannot reach the store.</summary>
    public void Kill(Guid holder)
    {
        lock (_lock)
            _dead.Add(holder);
    }

    /// <summary>What is counted, by window.</summary>
    public Int128 Used(string limit, string target, long window)
    {
        lock (_lock)
            return _used.GetValueOrDefault((limit, target, window));
    }

    public Task<IReadOnlyList<LimitCount>> ReadAsync(
        IReadOnlyList<Limit> limits,
        CancellationToken cancellationToken = default
    ) => throw new NotSupportedException();

    public Task ResetAsync(Limit limit, string? target, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<ReconciliationSnapshot> SnapshotAsync(
        Limit limit,
        UsageSumQuery query,
        long fromWindow,
        CancellationToken cancellationToken = default
    ) => throw new NotSupportedException();

    public Task<bool> AdjustAsync(
        Limit limit,
        string target,
        CounterAdjustment raise,
        CancellationToken cancellationToken = default
    ) => throw new NotSupportedException();

    public Task<int> PruneAsync(IReadOnlyList<Limit> limits, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task DeleteAsync(IReadOnlyList<string> limitIds, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<HeldLeases>> ListHoldersAsync(CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task ReleaseAsync(Guid holder, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            foreach (var key in _held.Keys.Where(key => key.Holder == holder).ToList())
                _held.Remove(key);
        }

        return Task.CompletedTask;
    }

    /// <summary>The rows of a counter; what a broken store gets wrong.</summary>
    protected virtual CounterRows Rows(in CounterRows rows, Guid holder) => rows;

    private static void Add<T>(IDictionary<T, Int128> sums, T key, Int128 amount) =>
        sums[key] = (sums.TryGetValue(key, out var sum) ? sum : 0) + amount;

    private LeaseState Exchange(Guid holder, LeaseRequest order, UnixMicros now)
    {
        var windows = LeaseAllocator.WindowsAt(order.Limit, now);
        var counter = (order.Limit.Id, order.Target);
        var booked = _used
            .Where(pair => (pair.Key.Limit, pair.Key.Target) == counter && pair.Key.Window >= windows.OldestBooked)
            .Select(pair => (pair.Key.Window, pair.Value))
            .ToList();
        var held = _held
            .Where(pair => (pair.Key.Limit, pair.Key.Target) == counter && pair.Key.Window == windows.Lease)
            .Aggregate(Int128.Zero, (sum, pair) => sum + Int128.Max(0, pair.Value.Held));
        var key = (order.Limit.Id, order.Target, windows.Lease, holder);
        HolderLease? own = _held.TryGetValue(key, out var known) ? known : null;
        var decision = LeaseAllocator.Decide(
            order,
            now,
            Rows(new CounterRows(booked, held, _buckets.GetValueOrDefault(counter), own), holder)
        );
        _held[key] = decision.Rows.OwnLease ?? default;
        if (order.Limit.Window is BucketWindow)
            _buckets[counter] = decision.Rows.Bucket;
        return decision.State;
    }
}

/// <summary>
/// A store that does not see what others were granted: the mistake of every gateway that checks first and charges
/// later.
/// </summary>
internal sealed class BrokenLimitStore(TimeProvider clock) : MemoryLimitStore(clock)
{
    protected override CounterRows Rows(in CounterRows rows, Guid holder) => rows with { Held = 0 };
}

using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Limits;

namespace Tollgate.Accounting.Stores;

/// <summary>A counter store that remembers whether this ledger instance has taken leases from it.</summary>
internal sealed class LimitsInUse(ILimitStore store) : ILimitStore
{
    private volatile bool _hasExchanged;

    /// <summary>Whether there may be leases to return at the end.</summary>
    public bool HasExchanged => _hasExchanged;

    public Task<GrantAnswer> ExchangeAsync(
        GrantHolder holder,
        IReadOnlyList<GrantOrder> orders,
        CancellationToken cancellation = default
    )
    {
        _hasExchanged = true;
        return store.ExchangeAsync(holder, orders, cancellation);
    }

    public Task<IReadOnlyList<LimitCount>> ReadAsync(
        IReadOnlyList<Limit> limits,
        CancellationToken cancellation = default
    ) => store.ReadAsync(limits, cancellation);

    public Task ResetAsync(Limit limit, string? target, CancellationToken cancellation = default) =>
        store.ResetAsync(limit, target, cancellation);

    public Task<LedgerAndCounts> SnapshotAsync(
        Limit limit,
        UsageSumQuery query,
        long fromWindow,
        CancellationToken cancellation = default
    ) => store.SnapshotAsync(limit, query, fromWindow, cancellation);

    public Task<bool> RaiseAsync(
        Limit limit,
        string target,
        CounterRaise raise,
        CancellationToken cancellation = default
    ) => store.RaiseAsync(limit, target, raise, cancellation);

    public Task<int> PruneAsync(IReadOnlyList<Limit> limits, CancellationToken cancellation = default) =>
        store.PruneAsync(limits, cancellation);

    public Task CatchUpAsync(IReadOnlyList<Limit> limits, CancellationToken cancellation = default) =>
        store.CatchUpAsync(limits, cancellation);

    public void Watch(IReadOnlyList<Limit> limits) => store.Watch(limits);

    public Task ForgetAsync(IReadOnlyList<string> limitIds, CancellationToken cancellation = default) =>
        store.ForgetAsync(limitIds, cancellation);

    public Task<IReadOnlyList<HolderState>> HoldersAsync(CancellationToken cancellation = default) =>
        store.HoldersAsync(cancellation);

    public Task ReleaseAsync(Guid holder, CancellationToken cancellation = default) =>
        store.ReleaseAsync(holder, cancellation);
}

using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Limits;

namespace Tollgate.Accounting.Stores;

/// <summary>A counter store that remembers whether this ledger instance has taken leases from it.</summary>
internal sealed class TrackedLimitStore(ILimitStore store) : ILimitStore
{
    private volatile bool _hasExchanged;

    /// <summary>True if there may be leases to return at the end.</summary>
    public bool HasExchanged => _hasExchanged;

    public Task<LeaseResponse> ExchangeAsync(
        LeaseHolder holder,
        IReadOnlyList<LeaseRequest> orders,
        CancellationToken cancellationToken = default
    )
    {
        _hasExchanged = true;
        return store.ExchangeAsync(holder, orders, cancellationToken);
    }

    public Task<IReadOnlyList<LimitCount>> ReadAsync(
        IReadOnlyList<Limit> limits,
        CancellationToken cancellationToken = default
    ) => store.ReadAsync(limits, cancellationToken);

    public Task ResetAsync(Limit limit, string? target, CancellationToken cancellationToken = default) =>
        store.ResetAsync(limit, target, cancellationToken);

    public Task<ReconciliationSnapshot> SnapshotAsync(
        Limit limit,
        UsageSumQuery query,
        long fromWindow,
        CancellationToken cancellationToken = default
    ) => store.SnapshotAsync(limit, query, fromWindow, cancellationToken);

    public Task<bool> AdjustAsync(
        Limit limit,
        string target,
        CounterAdjustment raise,
        CancellationToken cancellationToken = default
    ) => store.AdjustAsync(limit, target, raise, cancellationToken);

    public Task<int> PruneAsync(IReadOnlyList<Limit> limits, CancellationToken cancellationToken = default) =>
        store.PruneAsync(limits, cancellationToken);

    public Task BackfillAlertsAsync(IReadOnlyList<Limit> limits, CancellationToken cancellationToken = default) =>
        store.BackfillAlertsAsync(limits, cancellationToken);

    public void SetMonitored(IReadOnlyList<Limit> limits) => store.SetMonitored(limits);

    public Task DeleteAsync(IReadOnlyList<string> limitIds, CancellationToken cancellationToken = default) =>
        store.DeleteAsync(limitIds, cancellationToken);

    public Task<IReadOnlyList<HeldLeases>> ListHoldersAsync(CancellationToken cancellationToken = default) =>
        store.ListHoldersAsync(cancellationToken);

    public Task ReleaseAsync(Guid holder, CancellationToken cancellationToken = default) =>
        store.ReleaseAsync(holder, cancellationToken);
}

using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Limits;

namespace Tollgate.Accounting.Stores;

/// <summary>
/// The counters of limits and the leases on them, shared by all gateways on one database. Leased quota is either spent,
/// and recorded in the transaction that records its usage, or returned; so at any time the counted and the leased quota
/// together do not exceed the limit.
/// </summary>
public interface ILimitStore
{
    /// <summary>
    /// Grants and takes back leases in one transaction, by the store's clock; this also proves that the holder is
    /// alive. The responses are in the order of the requests. A holder runs one exchange at a time.
    /// </summary>
    /// <exception cref="LedgerUnavailableException">The store cannot be reached or did not confirm the exchange;
    /// <see cref="LeaseState.TotalLeased"/> of the next response shows whether it was applied.</exception>
    Task<LeaseResponse> ExchangeAsync(
        LeaseHolder holder,
        IReadOnlyList<LeaseRequest> orders,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Sets the limits in force, so that the transaction that counts can raise alerts at their thresholds. A store that
    /// does not raise alerts ignores it.
    /// </summary>
    void SetMonitored(IReadOnlyList<Limit> limits) { }

    /// <summary>
    /// Raises missed alerts for thresholds that counters have already reached: because a process without limits
    /// recorded usage, such as one that recovered a crashed gateway's calls at its start, or because a limit was
    /// lowered. Of the calendar windows that have ended, only those charged by such a process are checked: all others
    /// were reported in time, by the amount in force then. A store that does not raise alerts ignores it.
    /// </summary>
    Task BackfillAlertsAsync(IReadOnlyList<Limit> limits, CancellationToken cancellationToken = default) =>
        Task.CompletedTask;

    /// <summary>Reads the counters of some limits in their current windows, without changing anything.</summary>
    Task<IReadOnlyList<LimitCount>> ReadAsync(
        IReadOnlyList<Limit> limits,
        CancellationToken cancellationToken = default
    );

    /// <summary>Resets a limit's count: what is counted so far no longer counts. Leases remain.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="target">The target to reset; null for all.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    Task ResetAsync(Limit limit, string? target, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads the ledger's sums and the counters at the same point in time: since both grow in the same transactions,
    /// their difference stays the same however much is recorded in between.
    /// </summary>
    /// <param name="limit">The limit.</param>
    /// <param name="query">The sums.</param>
    /// <param name="fromWindow">The first window that counts.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    Task<ReconciliationSnapshot> SnapshotAsync(
        Limit limit,
        UsageSumQuery query,
        long fromWindow,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Adds to a counter what was recorded without being counted. Returns false and does nothing if the counter was
    /// adjusted since the snapshot that found the difference, because a concurrent reconciler may have found the same
    /// difference.
    /// </summary>
    Task<bool> AdjustAsync(
        Limit limit,
        string target,
        CounterAdjustment raise,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Removes rows of some limits that can never count again: windows that ended more than a day ago, full buckets,
    /// and empty leases on targets without a count. A total is kept forever. Returns the number of rows.
    /// </summary>
    Task<int> PruneAsync(IReadOnlyList<Limit> limits, CancellationToken cancellationToken = default);

    /// <summary>Deletes the counters and leases of limits that no longer exist.</summary>
    Task DeleteAsync(IReadOnlyList<string> limitIds, CancellationToken cancellationToken = default);

    /// <summary>Returns all lease holders with what they hold.</summary>
    Task<IReadOnlyList<HeldLeases>> ListHoldersAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Releases all leases of a holder. Only for a holder whose usage is known to be completely recorded, or for which
    /// the operator accepts the risk of unrecorded spend.
    /// </summary>
    Task ReleaseAsync(Guid holder, CancellationToken cancellationToken = default);
}

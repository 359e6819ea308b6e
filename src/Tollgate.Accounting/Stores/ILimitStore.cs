using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Limits;

namespace Tollgate.Accounting.Stores;

/// <summary>
/// The counters of limits and the grants on them, shared by all gates on one database. Whatever is granted is either
/// spent, and booked in the transaction that books its usage, or given back; so at every moment what is counted and
/// what is granted together are at most the limit.
/// </summary>
public interface ILimitStore
{
    /// <summary>
    /// Gives and takes back grants in one transaction, by the store's clock; it also proves that the holder lives. The
    /// answers are in the order of the orders. A holder has one exchange at a time.
    /// </summary>
    /// <exception cref="LedgerUnavailableException">
    /// The store cannot be reached, or did not say whether it did it; <see cref="GrantState.Given"/> of the next answer
    /// does.
    /// </exception>
    Task<GrantAnswer> ExchangeAsync(
        GrantHolder holder,
        IReadOnlyList<GrantOrder> orders,
        CancellationToken cancellation = default
    );

    /// <summary>
    /// Tells the store which limits are in force, so that the transaction that counts can raise alerts at their
    /// thresholds. A store that raises none ignores it.
    /// </summary>
    void Watch(IReadOnlyList<Limit> limits) { }

    /// <summary>
    /// Raises the alerts of thresholds that counters have reached and of which nobody was told: what a process booked
    /// that watched no limits, such as one that recovered a dead gate's calls at its start, or a limit that was
    /// lowered. Of calendar windows that are over it looks at those that were charged by such a process, and at no
    /// others: what they counted was told, by the amount of then. A store that raises none ignores it.
    /// </summary>
    Task CatchUpAsync(IReadOnlyList<Limit> limits, CancellationToken cancellation = default) => Task.CompletedTask;

    /// <summary>The counters of some limits in their current windows, without changing anything.</summary>
    Task<IReadOnlyList<LimitCount>> ReadAsync(IReadOnlyList<Limit> limits, CancellationToken cancellation = default);

    /// <summary>
    /// Begins a limit's count anew: what is counted by now counts no more. What is granted stays granted.
    /// </summary>
    /// <param name="limit">The limit.</param>
    /// <param name="target">Whose count; null for all.</param>
    /// <param name="cancellation">Stops it.</param>
    Task ResetAsync(Limit limit, string? target, CancellationToken cancellation = default);

    /// <summary>
    /// What the ledger sums up to and what is counted, at one and the same moment: since both grow in the same
    /// transactions, their difference stays what it is however much is booked meanwhile.
    /// </summary>
    /// <param name="limit">The limit.</param>
    /// <param name="query">The sums.</param>
    /// <param name="fromWindow">The first window that counts.</param>
    /// <param name="cancellation">Stops it.</param>
    Task<LedgerAndCounts> SnapshotAsync(
        Limit limit,
        UsageSumQuery query,
        long fromWindow,
        CancellationToken cancellation = default
    );

    /// <summary>
    /// Adds to a counter what was booked without being counted; false, and nothing, where somebody else has raised it
    /// since the snapshot that found it, because he may have found the same.
    /// </summary>
    Task<bool> RaiseAsync(Limit limit, string target, CounterRaise raise, CancellationToken cancellation = default);

    /// <summary>
    /// Removes what is kept of some limits and can never count again: rows of windows that ended more than a day ago,
    /// buckets that are full, grants of nothing to targets that nothing counts. A total is kept for ever. Gives the
    /// number of rows.
    /// </summary>
    Task<int> PruneAsync(IReadOnlyList<Limit> limits, CancellationToken cancellation = default);

    /// <summary>Forgets the counters and grants of limits that are no more.</summary>
    Task ForgetAsync(IReadOnlyList<string> limitIds, CancellationToken cancellation = default);

    /// <summary>All holders of grants, with what they hold.</summary>
    Task<IReadOnlyList<HolderState>> HoldersAsync(CancellationToken cancellation = default);

    /// <summary>
    /// Takes back all that a holder holds. Only for one of whom it is known that everything it spent is booked, or
    /// whose unbooked spending an operator takes upon himself.
    /// </summary>
    Task ReleaseAsync(Guid holder, CancellationToken cancellation = default);
}

using Tollgate.Accounting.Ledger.Stores;
using Tollgate.Metering.Limits;

namespace Tollgate.Accounting.Admission.Stores;

/// <summary>
/// The counters of limits and the grants on them, shared by all gates on one database. Whatever is granted is either spent,
/// and booked in the transaction that books its usage, or given back; so at every moment what is counted and what is
/// granted together are at most the limit.
/// </summary>
public interface ILimitStore
{
    /// <summary>
    /// Gives and takes back grants in one transaction, by the store's clock; it also proves that the holder lives. The
    /// answers are in the order of the orders. A holder has one exchange at a time.
    /// </summary>
    /// <exception cref="Ledger.LedgerUnavailableException">
    /// The store cannot be reached, or did not say whether it did it; <see cref="GrantState.Given"/> of the next answer does.
    /// </exception>
    Task<GrantAnswer> ExchangeAsync(GrantHolder holder, IReadOnlyList<GrantOrder> orders, CancellationToken cancellation = default);

    /// <summary>
    /// Tells the store which limits are in force, so that the transaction that counts can raise alerts at their thresholds.
    /// A store that raises none ignores it.
    /// </summary>
    void Watch(IReadOnlyList<Limit> limits)
    {
    }

    /// <summary>
    /// Raises the alerts of thresholds that counters have reached and of which nobody was told: what a process booked that watched
    /// no limits, such as one that recovered a dead gate's calls at its start, or a limit that was lowered. Of calendar windows
    /// that are over it looks at those that were charged by such a process, and at no others: what they counted was told, by the
    /// amount of then. A store that raises none ignores it.
    /// </summary>
    Task CatchUpAsync(IReadOnlyList<Limit> limits, CancellationToken cancellation = default) => Task.CompletedTask;

    /// <summary>The counters of some limits in their current windows, without changing anything.</summary>
    Task<IReadOnlyList<LimitCount>> ReadAsync(IReadOnlyList<Limit> limits, CancellationToken cancellation = default);

    /// <summary>Begins a limit's count anew: what is counted by now counts no more. What is granted stays granted.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="target">Whose count; null for all.</param>
    /// <param name="cancellation">Stops it.</param>
    Task ResetAsync(Limit limit, string? target, CancellationToken cancellation = default);

    /// <summary>
    /// What the ledger sums up to and what is counted, at one and the same moment: since both grow in the same transactions,
    /// their difference stays what it is however much is booked meanwhile.
    /// </summary>
    /// <param name="limit">The limit.</param>
    /// <param name="query">The sums.</param>
    /// <param name="fromWindow">The first window that counts.</param>
    /// <param name="cancellation">Stops it.</param>
    Task<LedgerAndCounts> SnapshotAsync(Limit limit, UsageSumQuery query, long fromWindow, CancellationToken cancellation = default);

    /// <summary>
    /// Adds to a counter what was booked without being counted; false, and nothing, where somebody else has raised it since
    /// the snapshot that found it, because he may have found the same.
    /// </summary>
    Task<bool> RaiseAsync(Limit limit, string target, CounterRaise raise, CancellationToken cancellation = default);

    /// <summary>
    /// Removes what is kept of some limits and can never count again: rows of windows that ended more than a day ago, buckets that
    /// are full, grants of nothing to targets that nothing counts. A total is kept for ever. Gives the number of rows.
    /// </summary>
    Task<int> PruneAsync(IReadOnlyList<Limit> limits, CancellationToken cancellation = default);

    /// <summary>Forgets the counters and grants of limits that are no more.</summary>
    Task ForgetAsync(IReadOnlyList<string> limitIds, CancellationToken cancellation = default);

    /// <summary>All holders of grants, with what they hold.</summary>
    Task<IReadOnlyList<HolderState>> HoldersAsync(CancellationToken cancellation = default);

    /// <summary>
    /// Takes back all that a holder holds. Only for one of whom it is known that everything it spent is booked, or whose
    /// unbooked spending an operator takes upon himself.
    /// </summary>
    Task ReleaseAsync(Guid holder, CancellationToken cancellation = default);
}

/// <summary>Who holds grants: one opening of a ledger.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Name">Machine and process, for operators.</param>
/// <param name="Lease">How long its grants are good without another exchange.</param>
public sealed record GrantHolder(Guid Id, string Name, TimeSpan Lease);

/// <summary>What is asked for one counter.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Target">Whose count.</param>
/// <param name="GrantWindow">The window of what is given back.</param>
/// <param name="GiveBack">What is given back of that window's grant; what is not held cannot be.</param>
/// <param name="Need">What waiting calls need beyond what is held; 0 asks only for the state.</param>
/// <param name="Smallest">The least of them: a grant of less would serve nobody, so none is given.</param>
/// <param name="Extra">What may be added for the calls to come, as far as it is a small part of the rest.</param>
/// <param name="Forced">What is granted besides, even beyond the limit, because it is spent already.</param>
public readonly record struct GrantOrder(
    Limit Limit, string Target, long GrantWindow, Int128 GiveBack, Int128 Need, Int128 Smallest, Int128 Extra, Int128 Forced = default);

/// <summary>The answer to an exchange.</summary>
/// <param name="Now">The store's time, in microseconds since 1970.</param>
/// <param name="States">The counters, in the order of the orders.</param>
/// <param name="IsNewHolder">Whether the store did not know the holder, so that it holds nothing but what the answer gives.</param>
public sealed record GrantAnswer(long Now, IReadOnlyList<GrantState> States, bool IsNewHolder = false);

/// <summary>One counter after an exchange.</summary>
/// <param name="GrantWindow">The window that the grant is for.</param>
/// <param name="WindowEnd">When it ends, in microseconds since 1970; <see cref="long.MaxValue"/> where it does not.</param>
/// <param name="Granted">What was added to the holder's grant.</param>
/// <param name="Given">
/// What the holder was ever given for the window, less what it gave back. Who compares it with what he heard of learns what an
/// exchange did whose answer was lost.
/// </param>
/// <param name="IsNew">Whether the holder had no grant for the window, so that <see cref="Given"/> begins anew.</param>
/// <param name="Count">The counter.</param>
public readonly record struct GrantState(long GrantWindow, long WindowEnd, Int128 Granted, Int128 Given, bool IsNew, LimitCount Count);

/// <summary>A counter at a moment.</summary>
/// <param name="Id">The limit's identity.</param>
/// <param name="Target">Whose count.</param>
/// <param name="Used">What is booked, less what a reset has forgiven; of a bucket, what has not flowed back.</param>
/// <param name="Granted">What all gates hold. One that spent more than it held counts as holding nothing.</param>
/// <param name="Rest">What can still be granted; negative where more was spent than allowed.</param>
/// <param name="WindowStart">When the window began, in microseconds since 1970; 0 where there is none.</param>
/// <param name="WindowEnd">When it ends; <see cref="long.MaxValue"/> where it does not.</param>
/// <param name="Parts">Of a rolling window, what was booked in each part, the oldest first; else empty.</param>
/// <param name="Debt">Of a bucket, its exact state; else zero.</param>
public readonly record struct LimitCount(
    string Id, string Target, Int128 Used, Int128 Granted, Int128 Rest, long WindowStart, long WindowEnd,
    IReadOnlyList<(long Part, Int128 Used)> Parts, Int128 Debt);

/// <summary>A holder and what it holds.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Name">Machine and process.</param>
/// <param name="LeaseEnd">When its grants are no longer good; what it holds then counts as spent until it is released.</param>
/// <param name="Grants">What it holds, by limit and target.</param>
public sealed record HolderState(Guid Id, string Name, DateTimeOffset LeaseEnd, IReadOnlyList<(string Limit, string Target, Int128 Held)> Grants);

/// <summary>The ledger's sums, and a limit's counters by target with what resets have forgiven, at one moment.</summary>
/// <param name="Sums">The sums.</param>
/// <param name="Counts">The counters.</param>
public sealed record LedgerAndCounts(IReadOnlyList<UsageSum> Sums, IReadOnlyDictionary<string, CountedSum> Counts);

/// <summary>What a target's counter says.</summary>
/// <param name="Used">What is counted, with what resets have forgiven.</param>
/// <param name="Raised">Of it, what was ever added by <see cref="ILimitStore.RaiseAsync"/>.</param>
public readonly record struct CountedSum(Int128 Used, Int128 Raised);

/// <summary>What a counter lags behind its ledger.</summary>
/// <param name="Window">The window to which it is added.</param>
/// <param name="FromWindow">The first window that was looked at.</param>
/// <param name="By">How much.</param>
/// <param name="Raised">What had been added by then (<see cref="CountedSum.Raised"/>).</param>
public readonly record struct CounterRaise(long Window, long FromWindow, Int128 By, Int128 Raised);

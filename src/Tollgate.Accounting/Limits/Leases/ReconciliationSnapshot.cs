using Tollgate.Accounting.Usage;

namespace Tollgate.Accounting.Limits.Leases;

/// <summary>
/// The ledger's sums, and a limit's counters by target including forgiven usage, at the same point in time.
/// </summary>
/// <param name="Sums">The sums.</param>
/// <param name="Counts">The counters.</param>
public sealed record ReconciliationSnapshot(
    IReadOnlyList<UsageSum> Sums,
    IReadOnlyDictionary<string, CounterTotals> Counts
);

using Tollgate.Accounting.Admission;
using Tollgate.Accounting.Admission.Stores;

namespace Tollgate.Accounting.Ledger.Stores;

/// <summary>A store on a server that also keeps the counters of limits, so that several gates share them.</summary>
public interface ILimitedLedgerStore : ILedgerStore
{
    /// <summary>The counters.</summary>
    ILimitStore Limits { get; }

    /// <summary>
    /// Books records, all or none, and charges the limits of those that were new, in the same transaction; gives their number.
    /// </summary>
    Task<int> AppendAsync(IReadOnlyList<BookedUsage> records, CancellationToken cancellation = default);
}

using Tollgate.Accounting.Limits;

namespace Tollgate.Accounting.Stores;

/// <summary>A store on a server that also keeps the counters of limits, so that several gates share them.</summary>
public interface ILimitedLedgerStore : ILedgerStore
{
    /// <summary>The counters.</summary>
    ILimitStore Limits { get; }

    /// <summary>
    /// The alerts, raised in the transaction that counts. Null where the store keeps none: then no limit raises any,
    /// and what gates notice themselves stays in each data folder's SQLite file.
    /// </summary>
    IAlertStore? Alerts => null;

    /// <summary>
    /// Books records, all or none, and charges the limits of those that were new, in the same transaction; gives their
    /// number.
    /// </summary>
    Task<int> AppendAsync(IReadOnlyList<BookedUsage> records, CancellationToken cancellation = default);
}

using Tollgate.Accounting.Limits;

namespace Tollgate.Accounting.Stores;

/// <summary>A server store that also counts limits, so that several gateways share the counters.</summary>
public interface ILimitAwareLedgerStore : ILedgerStore
{
    /// <summary>The counters.</summary>
    ILimitStore Limits { get; }

    /// <summary>
    /// The alerts, raised in the transaction that counts. Null if the store has none: then no limit raises alerts, and
    /// those of the gateways themselves stay in the SQLite file of each data folder.
    /// </summary>
    IAlertStore? Alerts => null;

    /// <summary>
    /// Writes records, all or none, and charges the limits of the new ones in the same transaction; returns their
    /// number.
    /// </summary>
    Task<int> AppendAsync(IReadOnlyList<ChargedRecord> records, CancellationToken cancellationToken = default);
}

using Tollgate.Accounting.Stores.Sqlite.Writing;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Spool;

/// <summary>Permanently removes quarantined rows.</summary>
internal sealed class DropQuarantined(IReadOnlyList<CallId> ids) : ILedgerWork
{
    /// <summary>The ids that were in quarantine.</summary>
    public List<CallId> Discarded { get; } = [];

    public int Run(LedgerWriterConnection store)
    {
        Discarded.Clear();
        Discarded.AddRange(ids.Where(store.Spool.DropQuarantined));
        return 0;
    }
}

using Tollgate.Accounting.Stores.Sqlite.Writing;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Spool;

/// <summary>Removes the rows that have reached the server.</summary>
internal sealed class AcknowledgeThrough(long seq) : ILedgerWork
{
    public int Run(SqliteLedgerWriter store)
    {
        store.Spool.AcknowledgeThrough(seq);
        return 0;
    }
}

/// <summary>Quarantines a row that the server rejects.</summary>
internal sealed class Quarantine(long seq, DateTimeOffset at, string reason) : ILedgerWork
{
    public int Run(SqliteLedgerWriter store)
    {
        store.Spool.Quarantine(seq, at, reason);
        return 0;
    }
}

/// <summary>Permanently removes quarantined rows.</summary>
internal sealed class DropQuarantined(IReadOnlyList<CallId> ids) : ILedgerWork
{
    /// <summary>The ids that were in quarantine.</summary>
    public List<CallId> Discarded { get; } = [];

    public int Run(SqliteLedgerWriter store)
    {
        Discarded.Clear();
        Discarded.AddRange(ids.Where(store.Spool.DropQuarantined));
        return 0;
    }
}

/// <summary>Requeues all quarantined rows at the end.</summary>
internal sealed class Requeue : ILedgerWork
{
    /// <summary>The number of rows.</summary>
    public int Count { get; private set; }

    public int Run(SqliteLedgerWriter store)
    {
        Count = store.Spool.Requeue();
        return 0;
    }
}

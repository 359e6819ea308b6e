using Tollgate.Accounting.Stores.Sqlite.Writing;

namespace Tollgate.Accounting.Spool;

/// <summary>Requeues all quarantined rows at the end.</summary>
internal sealed class Requeue : ILedgerWork
{
    /// <summary>The number of rows.</summary>
    public int Count { get; private set; }

    public int Run(LedgerWriterConnection store)
    {
        Count = store.Spool.Requeue();
        return 0;
    }
}

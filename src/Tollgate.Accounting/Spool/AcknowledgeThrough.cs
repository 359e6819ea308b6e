using Tollgate.Accounting.Stores.Sqlite.Writing;

namespace Tollgate.Accounting.Spool;

/// <summary>Removes the rows that have reached the server.</summary>
internal sealed class AcknowledgeThrough(long seq) : ILedgerWork
{
    public int Run(LedgerWriterConnection store)
    {
        store.Spool.AcknowledgeThrough(seq);
        return 0;
    }
}

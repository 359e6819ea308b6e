using Tollgate.Accounting.Stores.Sqlite.Writing;

namespace Tollgate.Accounting.Spool;

/// <summary>Quarantines a row that the server rejects.</summary>
internal sealed class Quarantine(long seq, DateTimeOffset at, string reason) : ILedgerWork
{
    public int Run(LedgerWriterConnection store)
    {
        store.Spool.Quarantine(seq, at, reason);
        return 0;
    }
}

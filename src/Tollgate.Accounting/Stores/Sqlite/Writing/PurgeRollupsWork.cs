namespace Tollgate.Accounting.Stores.Sqlite.Writing;

/// <summary>Removes all rollups.</summary>
internal sealed class PurgeRollupsWork : ILedgerWork
{
    public int Run(LedgerWriterConnection store)
    {
        store.PurgeRollups();
        return 0;
    }
}

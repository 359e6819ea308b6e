namespace Tollgate.Accounting.Stores.Sqlite.Writing;

/// <summary>Removes all rollups.</summary>
internal sealed class PurgeSums : ILedgerWork
{
    public int Run(SqliteLedgerWriter store)
    {
        store.PurgeSums();
        return 0;
    }
}

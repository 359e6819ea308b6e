namespace Tollgate.Accounting.Stores.Sqlite.Writing;

/// <summary>Removes some of the records that started before a given time.</summary>
internal sealed class PurgeBatchWork(long beforeMicros, int limit) : ILedgerWork
{
    /// <summary>The number of removed records.</summary>
    public int Removed { get; private set; }

    public int Run(LedgerWriterConnection store)
    {
        Removed = store.PurgeRecords(beforeMicros, limit);
        return 0;
    }
}

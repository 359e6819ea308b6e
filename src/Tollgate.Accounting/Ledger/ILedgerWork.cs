using Tollgate.Accounting.Ledger.Stores.Sqlite;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Ledger;

/// <summary>Something for the writer's thread to do in a transaction, other than booking one record.</summary>
internal interface ILedgerWork
{
    /// <summary>Does it, and gives the number of records that it booked.</summary>
    int Run(SqliteLedgerWriter store);
}

/// <summary>Books many records in one transaction.</summary>
internal sealed class BookBatch(IReadOnlyList<UsageRecord> records) : ILedgerWork
{
    /// <summary>Those that were new.</summary>
    public int Booked { get; private set; }

    public int Run(SqliteLedgerWriter store)
    {
        Booked = 0;
        foreach (var record in records)
            if (store.Book(record))
                Booked++;
        return Booked;
    }
}

/// <summary>Removes some of the records that started before a moment.</summary>
internal sealed class PurgeSome(long beforeMicros, int limit) : ILedgerWork
{
    /// <summary>Those that were removed.</summary>
    public int Removed { get; private set; }

    public int Run(SqliteLedgerWriter store)
    {
        Removed = store.PurgeRecords(beforeMicros, limit);
        return 0;
    }
}

/// <summary>Removes all sums.</summary>
internal sealed class PurgeSums : ILedgerWork
{
    public int Run(SqliteLedgerWriter store)
    {
        store.PurgeSums();
        return 0;
    }
}

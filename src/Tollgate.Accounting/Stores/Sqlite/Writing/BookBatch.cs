using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores.Sqlite.Writing;

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

using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores.Sqlite.Writing;

/// <summary>Writes many records in one transaction.</summary>
internal sealed class BulkAppendWork(IReadOnlyList<UsageRecord> records) : ILedgerWork
{
    /// <summary>The number of new records.</summary>
    public int Booked { get; private set; }

    public int Run(LedgerWriterConnection store)
    {
        Booked = 0;
        foreach (var record in records)
            if (store.Book(record))
                Booked++;
        return Booked;
    }
}

using System.Collections;
using Tollgate.Accounting.Limits;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores.Sqlite.Writing;

/// <summary>
/// Records that could not be written, kept so that billable usage is not lost while the process is running. Bounded:
/// beyond the limit the attempt stays in flight, and a later recovery records the upper bound.
/// </summary>
internal sealed class PendingRecords : IEnumerable<PendingRecord>
{
    private const int MaxRecords = 100_000;
    private readonly Dictionary<CallId, PendingRecord> _records = [];
    private long _dropped;
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public long Dropped => Volatile.Read(ref _dropped);

    public void Add(PendingRecord owed)
    {
        if (_records.Count >= MaxRecords)
            Drop();
        else
            _records.TryAdd(owed.Record.Id, owed);
        Volatile.Write(ref _count, _records.Count);
    }

    public void Drop() => Volatile.Write(ref _dropped, _dropped + 1);

    /// <summary>Writes all records; returns how many were new. A record that is rejected counts as dropped.</summary>
    public int WriteTo(LedgerWriterConnection store)
    {
        var written = 0;
        foreach (var owed in _records.Values)
        {
            try
            {
                if (store.Book(owed.Record, owed.Charges))
                    written++;
            }
            catch (Exception failure) when (failure is not SqliteErrorException { IsRejection: false })
            {
                Drop(); // Its caller got an error; its attempt stays in flight.
            }
        }

        return written;
    }

    public void Clear()
    {
        _records.Clear();
        Volatile.Write(ref _count, 0);
    }

    public IEnumerator<PendingRecord> GetEnumerator() => _records.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>A pending record, with the counters it is charged to and the reservation that ends with it.</summary>
internal sealed record PendingRecord(UsageRecord Record, LimitCharges? Charges, Reservation? Reservation);

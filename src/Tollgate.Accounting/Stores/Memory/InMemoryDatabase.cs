using System.Runtime.InteropServices;
using Tollgate.Accounting.Time;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores.Memory;

/// <summary>
/// The contents of in-memory stores; two stores on the same contents simulate two processes on one database.
/// </summary>
public sealed class InMemoryDatabase
{
    private readonly Lock _lock = new();
    private readonly Dictionary<CallId, UsageRecord> _records = [];
    private readonly Dictionary<RollupKey, RollupSums> _rollups = [];

    internal InMemoryRegistry Registry { get; } = new();

    internal int Append(IReadOnlyList<UsageRecord> records)
    {
        lock (_lock)
        {
            var before = _records.Count;
            foreach (var record in records)
                _records.TryAdd(record.Id, record);
            return _records.Count - before;
        }
    }

    /// <summary>Returns the records, and the rollups of purged ones.</summary>
    internal (List<UsageRecord> Records, List<KeyValuePair<RollupKey, RollupSums>> Purged) Snapshot()
    {
        lock (_lock)
            return ([.. _records.Values], [.. _rollups]);
    }

    internal long Purge(DateTimeOffset? before)
    {
        lock (_lock)
        {
            var gone = _records.Values.Where(record => !(record.StartedAt >= before)).ToList();
            foreach (var record in gone)
            {
                _records.Remove(record.Id);
                CollectionsMarshal
                    .GetValueRefOrAddDefault(_rollups, RollupKey.FromRecord(record, record.StartedAt.ToMicros()), out _)
                    .Add(record, record.Duration.ToMicros());
            }

            if (before is null)
                _rollups.Clear();
            return gone.Count;
        }
    }
}

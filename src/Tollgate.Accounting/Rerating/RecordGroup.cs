using System.Runtime.CompilerServices;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Rerating;

/// <summary>The records that started in the same microsecond: calls and the corrections stored next to them.</summary>
internal sealed class RecordGroup(List<UsageRecord> records)
{
    private readonly Dictionary<CallId, UsageRecord>? _byId =
        records.Count == 1 ? null : records.ToDictionary(static record => record.Id);

    /// <summary>Returns the records that correct a record of another time, directly or through others.</summary>
    public IEnumerable<(UsageRecord Record, CallId Corrected)> UnlinkedCorrections() =>
        records
            .Where(static record => record.Corrects is not null)
            .Select(record => (Record: record, Top: RootOf(record)))
            .Where(static pair => pair.Top.Corrects is not null)
            .Select(static pair => (pair.Record, pair.Top.Corrects!.Value));

    /// <summary>
    /// Returns each call's cost including all its corrections, and their number; null if none of them has a cost.
    /// </summary>
    public IEnumerable<(UsageRecord Record, Money? Cost, int Corrections)> EffectiveCosts(UnlinkedCorrections strays)
    {
        var costs = new Dictionary<CallId, (Money? Cost, int Corrections)>(1);
        foreach (var record in records)
        {
            var top = RootOf(record);
            if (top.Corrects is not null)
                continue; // Counted with the record it corrects.
            var (far, number) = strays.GetSum(record.Id);
            var sum = costs.GetValueOrDefault(top.Id);
            costs[top.Id] = (
                Add(Add(sum.Cost, record.Cost), far),
                sum.Corrections + number + (record.Corrects is null ? 0 : 1)
            );
        }

        foreach (var record in records)
            if (record.Corrects is null)
                yield return (record, costs[record.Id].Cost, costs[record.Id].Corrections);
    }

    public static Money? Add(Money? left, Money? right) =>
        left is { } one && right is { } other ? one + other : left ?? right;

    /// <summary>
    /// Returns the end of the correction chain within this group. The loop also ends for a circular chain, which
    /// nothing creates.
    /// </summary>
    private UsageRecord RootOf(UsageRecord record)
    {
        for (
            var steps = 0;
            steps < records.Count
                && record.Corrects is { } corrected
                && _byId is not null
                && _byId.TryGetValue(corrected, out var next);
            steps++
        )
            record = next;
        return record;
    }
}

/// <summary>Reads records grouped by timestamp.</summary>
internal static class RecordGroups
{
    public static async IAsyncEnumerable<RecordGroup> ReadRecordGroupsAsync(
        this UsageQuery query,
        UsageSelection scope,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var records = new List<UsageRecord>();
        await foreach (var record in query.ReadAsync(scope with { Order = UsageOrder.OldestFirst }, cancellationToken))
        {
            if (records.Count > 0 && records[0].StartedAt != record.StartedAt)
            {
                yield return new RecordGroup(records);
                records = [];
            }

            records.Add(record);
        }

        if (records.Count > 0)
            yield return new RecordGroup(records);
    }
}

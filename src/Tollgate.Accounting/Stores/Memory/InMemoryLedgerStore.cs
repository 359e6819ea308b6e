using System.Runtime.CompilerServices;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores.Memory;

/// <summary>
/// A store for tests, and the reference implementation: every result is computed from all records. Nothing is durable;
/// the contents live as long as their <see cref="InMemoryDatabase"/>.
/// </summary>
/// <param name="database">The contents, which several stores may share as processes share a database.</param>
public sealed class InMemoryLedgerStore(InMemoryDatabase database) : ILedgerStore
{
    private static readonly SchemaVersion Schema = new(1, 1);

    /// <summary>Creates a store with its own contents.</summary>
    public InMemoryLedgerStore()
        : this(new InMemoryDatabase()) { }

    /// <inheritdoc/>
    public IDirectoryStore Directory => new InMemoryDirectoryStore(database);

    /// <inheritdoc/>
    public Task<SchemaVersion> MigrateAsync(CancellationToken cancellation = default) => Task.FromResult(Schema);

    /// <inheritdoc/>
    public Task<SchemaVersion> SchemaAsync(CancellationToken cancellation = default) => Task.FromResult(Schema);

    /// <inheritdoc/>
    public Task<int> AppendAsync(IReadOnlyList<UsageRecord> records, CancellationToken cancellation = default) =>
        Task.FromResult(database.Append(records));

    /// <inheritdoc/>
    public Task<IReadOnlyList<UsageRecord>> FindAsync(Guid call, CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<UsageRecord>>([
            .. database.Snapshot().Records.Where(record => record.Id.Call == call).OrderBy(record => record.Id.Attempt),
        ]);

    /// <inheritdoc/>
    public async IAsyncEnumerable<UsageRecord> ReadAsync(
        UsageSelection selection,
        [EnumeratorCancellation] CancellationToken cancellation = default
    )
    {
        await Task.CompletedTask;
        foreach (var record in Selected(selection))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return record;
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<UsageSum>> SumAsync(UsageSumQuery query, CancellationToken cancellation = default)
    {
        var (records, purged) = database.Snapshot();
        var parts = records
            .Where(record => Holds(query.Period, record.StartedAt) && record.Meets(query.Where))
            .Select(record => SumPart.Of(record, query));
        if (query.IsRolledUp)
            parts = parts.Concat(
                purged.Where(sum => IsWithin(sum.Key, query)).Select(sum => SumPart.Of(sum.Key, sum.Value, query))
            );
        return Task.FromResult(SumPart.Add(parts, query));
    }

    /// <inheritdoc/>
    public Task<long> PurgeAsync(DateTimeOffset? before, CancellationToken cancellation = default)
    {
        if (before is { } moment)
            UsageSlot.RequireStart(moment);
        return Task.FromResult(database.Purge(before));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private IEnumerable<UsageRecord> Selected(UsageSelection selection)
    {
        var sign = selection.Order == UsageOrder.OldestFirst ? 1 : -1;
        return database
            .Snapshot()
            .Records.Where(record => Holds(selection.Period, record.StartedAt) && record.Meets(selection.Where))
            .Where(record => selection.After is not { } after || UsagePosition.Of(record).CompareTo(after) * sign > 0)
            .Order(
                Comparer<UsageRecord>.Create(
                    (left, right) => sign * UsagePosition.Of(left).CompareTo(UsagePosition.Of(right))
                )
            )
            .Take(selection.Limit ?? int.MaxValue);
    }

    private static bool IsWithin(RollupKey key, UsageSumQuery query)
    {
        var period = UsageSlot.Cut(query.Period);
        return key.Slot >= period.FirstSlot
            && key.Slot < period.EndSlot
            && query.Where.All(condition => key.Of(condition.Dimension) == condition.Value);
    }

    private static bool Holds(UsagePeriod period, DateTimeOffset time) => !(time < period.From) && !(time >= period.To);
}

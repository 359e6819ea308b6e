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
    public IRegistryStore Registry => new InMemoryRegistryStore(database);

    /// <inheritdoc/>
    public Task<SchemaVersion> MigrateAsync(CancellationToken cancellationToken = default) =>
        Run(static () => Schema, cancellationToken);

    /// <inheritdoc/>
    public Task<SchemaVersion> SchemaAsync(CancellationToken cancellationToken = default) =>
        Run(static () => Schema, cancellationToken);

    /// <inheritdoc/>
    public Task<int> AppendAsync(IReadOnlyList<UsageRecord> records, CancellationToken cancellationToken = default) =>
        Run(() => database.Append(records), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<UsageRecord>> FindAsync(Guid call, CancellationToken cancellationToken = default) =>
        Run<IReadOnlyList<UsageRecord>>(
            () =>
                [
                    .. database
                        .Snapshot()
                        .Records.Where(record => record.Id.Call == call)
                        .OrderBy(record => record.Id.Attempt),
                ],
            cancellationToken
        );

    /// <inheritdoc/>
    public async IAsyncEnumerable<UsageRecord> ReadAsync(
        UsageSelection selection,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        await Task.CompletedTask;
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var record in selection.Select(database.Snapshot().Records))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return record;
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<UsageSum>> SumAsync(UsageSumQuery query, CancellationToken cancellationToken = default) =>
        Run(() => Sum(query), cancellationToken);

    private IReadOnlyList<UsageSum> Sum(UsageSumQuery query)
    {
        var (records, purged) = database.Snapshot();
        var parts = RollupRow.FromRecords(records, query);
        if (query.IsRolledUp)
            parts = parts.Concat(RollupRow.FromRollups(purged, query));
        return RollupRow.Aggregate(parts, query);
    }

    /// <inheritdoc/>
    public Task<long> PurgeAsync(DateTimeOffset? before, CancellationToken cancellationToken = default)
    {
        if (before is { } moment)
            UsageSlot.RequireStart(moment);
        return Run(() => database.Purge(before), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static Task<T> Run<T>(Func<T> work, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? Task.FromCanceled<T>(cancellationToken) : Task.FromResult(work());
}

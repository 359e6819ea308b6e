using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Memory;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Tests.Spool;

/// <summary>A server that can be switched off, or that commits and then loses the connection.</summary>
internal sealed class FlakyStore(InMemoryDatabase database) : ILedgerStore
{
    private readonly InMemoryLedgerStore _inner = new(database);

    public volatile bool IsDown;

    public volatile bool LosesAnswers;

    /// <summary>What it will not have.</summary>
    public volatile Predicate<UsageRecord> Refuses = static _ => false;

    public List<UsageRecord> Arrived { get; } = [];

    public Task<SchemaVersion> MigrateAsync(CancellationToken cancellationToken = default) =>
        IsDown ? throw Down() : _inner.MigrateAsync(cancellationToken);

    public Task<SchemaVersion> SchemaAsync(CancellationToken cancellationToken = default) =>
        _inner.SchemaAsync(cancellationToken);

    public async Task<int> AppendAsync(
        IReadOnlyList<UsageRecord> records,
        CancellationToken cancellationToken = default
    )
    {
        if (IsDown)
            throw Down();
        if (records.FirstOrDefault(record => Refuses(record)) is { } refused)
            throw new RecordRejectedException($"The server refuses {refused.Model}.", null);
        lock (Arrived)
            Arrived.AddRange(records);
        var booked = await _inner.AppendAsync(records, cancellationToken);
        return LosesAnswers ? throw Down() : booked;
    }

    public Task<IReadOnlyList<UsageRecord>> FindAsync(Guid call, CancellationToken cancellationToken = default) =>
        _inner.FindAsync(call, cancellationToken);

    public IAsyncEnumerable<UsageRecord> ReadAsync(
        UsageSelection selection,
        CancellationToken cancellationToken = default
    ) => _inner.ReadAsync(selection, cancellationToken);

    public Task<IReadOnlyList<UsageSum>> SumAsync(UsageSumQuery query, CancellationToken cancellationToken = default) =>
        _inner.SumAsync(query, cancellationToken);

    public Task<long> PurgeAsync(DateTimeOffset? before, CancellationToken cancellationToken = default) =>
        _inner.PurgeAsync(before, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static LedgerUnavailableException Down() => new("The server is away.", null);
}

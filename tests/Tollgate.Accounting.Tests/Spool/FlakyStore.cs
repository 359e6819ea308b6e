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

    public Task<SchemaVersion> MigrateAsync(CancellationToken cancellation = default) =>
        IsDown ? throw Down() : _inner.MigrateAsync(cancellation);

    public Task<SchemaVersion> SchemaAsync(CancellationToken cancellation = default) =>
        _inner.SchemaAsync(cancellation);

    public async Task<int> AppendAsync(IReadOnlyList<UsageRecord> records, CancellationToken cancellation = default)
    {
        if (IsDown)
            throw Down();
        if (records.FirstOrDefault(record => Refuses(record)) is { } refused)
            throw new RecordRefusedException($"The server refuses {refused.Model}.", null);
        lock (Arrived)
            Arrived.AddRange(records);
        var booked = await _inner.AppendAsync(records, cancellation);
        return LosesAnswers ? throw Down() : booked;
    }

    public Task<IReadOnlyList<UsageRecord>> FindAsync(Guid call, CancellationToken cancellation = default) =>
        _inner.FindAsync(call, cancellation);

    public IAsyncEnumerable<UsageRecord> ReadAsync(
        UsageSelection selection,
        CancellationToken cancellation = default
    ) => _inner.ReadAsync(selection, cancellation);

    public Task<IReadOnlyList<UsageSum>> SumAsync(UsageSumQuery query, CancellationToken cancellation = default) =>
        _inner.SumAsync(query, cancellation);

    public Task<long> PurgeAsync(DateTimeOffset? before, CancellationToken cancellation = default) =>
        _inner.PurgeAsync(before, cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static LedgerUnavailableException Down() => new("The server is away.", null);
}

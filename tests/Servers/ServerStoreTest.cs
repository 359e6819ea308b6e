using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;
using Tollgate.Testing;

namespace Tollgate.Accounting.Servers;

/// <summary>A test with a database of its own.</summary>
/// <param name="server">Where it is.</param>
/// <param name="open">Makes a store of a connection string.</param>
public abstract class ServerStoreTest<TServer, TStore>(TServer server, Func<string, TStore> open) : IAsyncLifetime
    where TServer : IDatabaseServer
    where TStore : ISqlLedgerStore
{
    protected static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly List<TStore> _opened = [];

    protected TServer Server => server;

    protected string Database { get; private set; } = "";

    protected TStore Store { get; private set; } = default!;

    public virtual async ValueTask InitializeAsync()
    {
        Database = await server.CreateDatabaseAsync();
        Store = Open();
        await Store.MigrateAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var store in _opened)
            await store.DisposeAsync();
    }

    protected TStore Open()
    {
        var store = OpenAt(Database);
        _opened.Add(store);
        return store;
    }

    /// <summary>A store that the caller disposes of.</summary>
    protected TStore OpenAt(string database) => open(server.ConnectionTo(database));

    protected Task ExecuteAsync(string sql) => server.ExecuteAsync(Database, sql);

    protected Task<object?> ScalarAsync(string sql) => server.ScalarAsync(Database, sql);

    protected static async Task<UsageTotals> TotalsAsync(ILedgerStore store) =>
        (await store.SumAsync(new UsageSumQuery()))[0].Totals;

    protected static async Task<List<UsageRecord>> AllAsync(ILedgerStore store)
    {
        var records = new List<UsageRecord>();
        await foreach (var record in store.ReadAsync(new UsageSelection()))
            records.Add(record);
        return records;
    }

    /// <summary>Whether every kept sum is what the records add up to.</summary>
    protected static async Task SumsShouldAgreeAsync(ILedgerStore store)
    {
        var records = await AllAsync(store);
        var cost = records.Aggregate(Money.Zero, (sum, record) => sum + (record.Cost ?? Money.Zero));
        (await TotalsAsync(store)).ShouldSatisfyAllConditions(
            totals => totals.Calls.ShouldBe(records.Count),
            totals => totals.Cost.ShouldBe(cost)
        );
        var byNames = await store.SumAsync(new UsageSumQuery { By = [UsageDimension.User, UsageDimension.Model] });
        byNames.Sum(group => group.Totals.Calls).ShouldBe(records.Count);
        byNames.Aggregate(Money.Zero, (sum, group) => sum + group.Totals.Cost).ShouldBe(cost);
    }

    protected static UsageRecord Record(DateTimeOffset at, Guid? call = null) =>
        new()
        {
            Id = new CallId(call ?? Guid.CreateVersion7(at), 1),
            StartedAt = at,
            Duration = TimeSpan.FromMilliseconds(250),
            Provider = "openai",
            Model = "gpt-4o",
            Operation = "chat",
            Attribution = new Attribution { User = "ann" },
            Usage = new TokenUsage { [UsageKind.InputText] = 100, [UsageKind.OutputText] = 20 },
            UsageSource = UsageSource.Reported,
            Cost = Money.Round(0.00045m),
            Outcome = CallOutcome.Completed,
        };

    /// <summary>Records over some hours, of some users.</summary>
    protected static List<UsageRecord> Records(int count, int seed)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ =>
                    Record(Noon.AddMicroseconds(random.NextInt64(4 * 3600 * 1_000_000L))) with
                    {
                        Attribution = new Attribution { User = $"user-{random.Next(5)}" },
                        Cost = Money.FromPico(random.NextInt64(1_000_000_000)),
                    }
                ),
        ];
    }
}

using Tollgate.Accounting.Limits;
using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.Stores;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;
using Tollgate.Metering.Usage;
using Xunit;

namespace Tollgate.Accounting.Testing;

/// <summary>
/// What every store of limits' counters must do. Derive from it in a test project, say how a store is opened, and run
/// the tests. Each test has an instance of its own, and must find an empty database; its clock must run.
/// </summary>
public abstract partial class LimitStoreCompliance : IAsyncLifetime
{
    private static readonly LimitWindow Year = new CalendarWindow(CalendarUnit.Year);

    /// <summary>The counters of the test.</summary>
    protected LimitedStore Store { get; private set; } = null!;

    /// <summary>Makes the test's database, empty.</summary>
    protected abstract Task CreateDatabaseAsync();

    /// <summary>
    /// Opens a store on the test's database; called more than once where a test stands for several gates.
    /// </summary>
    protected abstract Task<LimitedStore> OpenAsync();

    /// <summary>Closes what was opened, and removes the test's database.</summary>
    protected abstract Task DropDatabaseAsync();

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        await CreateDatabaseAsync();
        Store = await OpenAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await DropDatabaseAsync();
    }

    private protected static Limit LimitOf(
        Int128? amount,
        LimitWindow? window = null,
        LimitMetric metric = LimitMetric.TotalTokens,
        string id = "limit"
    ) =>
        new()
        {
            Id = id,
            Name = id,
            Metric = metric,
            Window = window ?? TotalWindow.Instance,
            Amount = amount,
        };

    private protected static GrantHolder NewHolder(string name = "gate") =>
        new(Guid.CreateVersion7(SampleRecords.Noon), name, TimeSpan.FromSeconds(30));

    /// <summary>An order of a call that needs so much, or nothing.</summary>
    private protected static GrantOrder Need(Limit limit, Int128 amount, string target = "") =>
        new(limit, target, 0, 0, amount, amount, 0);

    private protected static GrantOrder GiveBack(Limit limit, Int128 amount, long window = 0) =>
        new(limit, "", window, amount, 0, 0, 0);

    private protected async Task<GrantState> ExchangeAsync(GrantHolder holder, GrantOrder order) =>
        Assert.Single((await Store.Limits.ExchangeAsync(holder, [order])).States);

    private protected async Task<Int128> GrantedAsync(GrantHolder holder, GrantOrder order) =>
        (await ExchangeAsync(holder, order)).Granted;

    /// <summary>The one counter of a limit.</summary>
    private protected async Task<LimitCount> CountAsync(Limit limit) =>
        Assert.Single(await Store.Limits.ReadAsync([limit]));

    private protected static BookedUsage Booking(
        GrantHolder holder,
        Limit limit,
        long tokens,
        long? count = 0,
        long? grant = 0,
        string target = ""
    ) => Booking(holder, tokens, new ChargedLimit(limit.Id, target, limit.Metric, grant, count));

    private protected static BookedUsage Booking(GrantHolder holder, long tokens, params ChargedLimit[] limits) =>
        new(
            SampleRecords.Bare() with
            {
                Id = new CallId(Guid.CreateVersion7(SampleRecords.Noon), 1),
                Usage = new TokenUsage { [UsageKind.OutputText] = tokens, [UsageKind.Request] = 1 },
                Cost = Money.FromPico(tokens),
            },
            new LimitCharges(holder.Id, limits)
        );
}

/// <summary>A store's counters, and how usage is booked with what it is charged to.</summary>
/// <param name="Limits">The counters.</param>
/// <param name="Alerts">The alerts that its transactions raise.</param>
/// <param name="BookAsync">Books records and charges what was new, in one transaction.</param>
public sealed record LimitedStore(
    ILimitStore Limits,
    IAlertStore Alerts,
    Func<IReadOnlyList<BookedUsage>, Task> BookAsync
);

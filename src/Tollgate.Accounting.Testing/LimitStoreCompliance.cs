using Tollgate.Accounting.Limits;
using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.Stores;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;
using Tollgate.Metering.Usage;
using Xunit;

namespace Tollgate.Accounting.Testing;

/// <summary>
/// The requirements for every store of limit counters. Derive from it in a test project, implement how a store is
/// opened, and run the tests. Each test has its own instance, and needs an empty database with a running clock.
/// </summary>
public abstract partial class LimitStoreCompliance : IAsyncLifetime
{
    private static readonly LimitWindow Year = new CalendarWindow(CalendarUnit.Year);

    /// <summary>The counters of the test.</summary>
    protected LimitedStore Store { get; private set; } = null!;

    /// <summary>Creates the test's empty database.</summary>
    protected abstract Task CreateDatabaseAsync();

    /// <summary>
    /// Opens a store on the test's database; called more than once if a test simulates several gateways.
    /// </summary>
    protected abstract Task<LimitedStore> OpenAsync();

    /// <summary>Closes everything opened, and removes the test's database.</summary>
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

    private protected static Limit CreateLimit(
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

    private protected static LeaseHolder CreateHolder(string name = "gate") =>
        new(Guid.CreateVersion7(SampleRecords.Noon), name, TimeSpan.FromSeconds(30));

    /// <summary>Creates the request of a call that needs an amount, or nothing.</summary>
    private protected static LeaseRequest Need(Limit limit, Int128 amount, string target = "") =>
        new(limit, target, 0, 0, amount, amount, 0);

    private protected static LeaseRequest GiveBack(Limit limit, Int128 amount, long window = 0) =>
        new(limit, "", window, amount, 0, 0, 0);

    private protected async Task<LeaseState> ExchangeAsync(LeaseHolder holder, LeaseRequest order) =>
        Assert.Single((await Store.Limits.ExchangeAsync(holder, [order])).States);

    private protected async Task<Int128> GrantedAsync(LeaseHolder holder, LeaseRequest order) =>
        (await ExchangeAsync(holder, order)).Granted;

    /// <summary>Reads the only counter of a limit.</summary>
    private protected async Task<LimitCount> CountAsync(Limit limit) =>
        Assert.Single(await Store.Limits.ReadAsync([limit]));

    private protected static ChargedRecord Booking(
        LeaseHolder holder,
        Limit limit,
        long tokens,
        long? count = 0,
        string target = ""
    ) => Booking(holder, tokens, new ChargedLimit(limit.Id, target, limit.Metric, 0, count));

    /// <summary>A record that no lease covers, as for a soft limit.</summary>
    private protected static ChargedRecord UnleasedBooking(LeaseHolder holder, Limit limit, long tokens) =>
        Booking(holder, tokens, new ChargedLimit(limit.Id, "", limit.Metric, null, 0));

    /// <summary>A record in the window of a lease.</summary>
    private protected static ChargedRecord LeasedBooking(
        LeaseHolder holder,
        Limit limit,
        long tokens,
        long count,
        long lease
    ) => Booking(holder, tokens, new ChargedLimit(limit.Id, "", limit.Metric, lease, count));

    private protected static ChargedRecord Booking(LeaseHolder holder, long tokens, params ChargedLimit[] limits) =>
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

/// <summary>A counter store, and how usage is recorded with its charges.</summary>
/// <param name="Limits">The counters.</param>
/// <param name="Alerts">The alerts that its transactions raise.</param>
/// <param name="BookAsync">Writes records and charges the new ones, in one transaction.</param>
public sealed record LimitedStore(
    ILimitStore Limits,
    IAlertStore Alerts,
    Func<IReadOnlyList<ChargedRecord>, Task> BookAsync
);

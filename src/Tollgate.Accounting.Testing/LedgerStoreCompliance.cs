using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;
using Xunit;

namespace Tollgate.Accounting.Testing;

/// <summary>
/// The requirements for every store. Derive from it in a test project, implement how a store is opened, and run the
/// tests. Each test has its own instance, and needs an empty database.
/// </summary>
public abstract partial class LedgerStoreCompliance : IAsyncLifetime
{
    /// <summary>The store of the test.</summary>
    protected ILedgerStore Store { get; private set; } = null!;

    /// <summary>Creates the test's empty database.</summary>
    protected abstract Task CreateDatabaseAsync();

    /// <summary>
    /// Opens a store on the test's database; called more than once if a test simulates several processes.
    /// </summary>
    protected abstract Task<ILedgerStore> OpenAsync();

    /// <summary>Removes the test's database.</summary>
    protected abstract Task DropDatabaseAsync();

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        await CreateDatabaseAsync();
        Store = await OpenAsync();
        await Store.MigrateAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Store is not null)
            await Store.DisposeAsync();
        await DropDatabaseAsync();
    }

    /// <summary>Returns all records of a selection.</summary>
    private protected async Task<List<UsageRecord>> ReadAsync(UsageSelection selection)
    {
        var records = new List<UsageRecord>();
        await foreach (var record in Store.ReadAsync(selection))
            records.Add(record);
        return records;
    }

    /// <summary>The sums of all records.</summary>
    private protected async Task<UsageTotals> TotalsAsync(UsagePeriod period = default) =>
        Assert.Single(await Store.SumAsync(new UsageSumQuery { Period = period })).Totals;
}

using Tollgate.Accounting.Stores;
using Xunit;

namespace Tollgate.Accounting.Testing;

/// <summary>
/// The requirements for every registry store. Derive from it in a test project, implement how a store is opened, and
/// run the tests. Each test has its own instance, and needs an empty database.
/// </summary>
public abstract partial class RegistryStoreCompliance : IAsyncLifetime
{
    /// <summary>The store of the test.</summary>
    protected IRegistryStore Store { get; private set; } = null!;

    /// <summary>Creates the test's empty database.</summary>
    protected abstract Task CreateDatabaseAsync();

    /// <summary>
    /// Opens a store on the test's database; called more than once if a test simulates several processes.
    /// </summary>
    protected abstract IRegistryStore Open();

    /// <summary>Closes everything opened, and removes the test's database.</summary>
    protected abstract Task DropDatabaseAsync();

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        await CreateDatabaseAsync();
        Store = Open();
        await Store.MigrateAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await DropDatabaseAsync();
    }

    /// <summary>Applies one change that must succeed, and returns the version after it.</summary>
    private protected async Task<long> ApplyAsync(params RegistryChange[] changes)
    {
        var outcome = await Store.ApplyAsync(changes);
        Assert.Null(outcome.Conflict);
        return outcome.Version;
    }

    /// <summary>Returns the entry with a name; null if there is none.</summary>
    private protected async Task<RegistryEntry?> FindAsync(string kind, string name) =>
        (await Store.ReadAsync([kind])).Entries.SingleOrDefault(entry => entry.Name == name);
}

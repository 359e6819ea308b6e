using Tollgate.Accounting.Stores;
using Xunit;

namespace Tollgate.Accounting.Testing;

/// <summary>
/// What every directory store must do. Derive from it in a test project, say how a store is opened, and run the tests.
/// Each test has an instance of its own, and must find an empty database.
/// </summary>
public abstract partial class DirectoryStoreCompliance : IAsyncLifetime
{
    /// <summary>The store of the test.</summary>
    protected IDirectoryStore Store { get; private set; } = null!;

    /// <summary>Makes the test's database, empty.</summary>
    protected abstract Task CreateDatabaseAsync();

    /// <summary>
    /// Opens a store on the test's database; called more than once where a test stands for several processes.
    /// </summary>
    protected abstract IDirectoryStore Open();

    /// <summary>Closes what was opened, and removes the test's database.</summary>
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

    /// <summary>Makes one change that must succeed, and gives the version after it.</summary>
    private protected async Task<long> DoneAsync(params DirectoryChange[] changes)
    {
        var outcome = await Store.ApplyAsync(changes);
        Assert.Null(outcome.Conflict);
        return outcome.Version;
    }

    /// <summary>The one entry of a name; null where there is none.</summary>
    private protected async Task<DirectoryEntry?> FindAsync(string kind, string name) =>
        (await Store.ReadAsync([kind])).Entries.SingleOrDefault(entry => entry.Name == name);
}

using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Memory;
using Tollgate.Accounting.Testing;

namespace Tollgate.Accounting.Tests.Stores;

public sealed class InMemoryRegistryTests : RegistryStoreCompliance
{
    private InMemoryDatabase _database = new();

    protected override Task CreateDatabaseAsync()
    {
        _database = new InMemoryDatabase();
        return Task.CompletedTask;
    }

    protected override IRegistryStore Open() => new InMemoryLedgerStore(_database).Registry;

    protected override Task DropDatabaseAsync() => Task.CompletedTask;
}

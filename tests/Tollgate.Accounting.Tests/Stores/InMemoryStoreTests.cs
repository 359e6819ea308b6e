using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Memory;
using Tollgate.Accounting.Testing;

namespace Tollgate.Accounting.Tests.Stores;

public sealed class InMemoryStoreTests : LedgerStoreCompliance
{
    private InMemoryDatabase _database = new();

    protected override Task CreateDatabaseAsync()
    {
        _database = new InMemoryDatabase();
        return Task.CompletedTask;
    }

    protected override Task<ILedgerStore> OpenAsync() =>
        Task.FromResult<ILedgerStore>(new InMemoryLedgerStore(_database));

    protected override Task DropDatabaseAsync() => Task.CompletedTask;
}

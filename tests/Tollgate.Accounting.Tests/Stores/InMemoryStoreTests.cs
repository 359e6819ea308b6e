using Tollgate.Accounting.Compliance;
using Tollgate.Accounting.Ledger.Stores;
using Tollgate.Accounting.Ledger.Stores.Memory;

namespace Tollgate.Accounting.Tests.Stores;

public sealed class InMemoryStoreTests : LedgerStoreCompliance
{
    private InMemoryDatabase _database = new();

    protected override Task CreateDatabaseAsync()
    {
        _database = new InMemoryDatabase();
        return Task.CompletedTask;
    }

    protected override Task<ILedgerStore> OpenAsync() => Task.FromResult<ILedgerStore>(new InMemoryLedgerStore(_database));

    protected override Task DropDatabaseAsync() => Task.CompletedTask;
}

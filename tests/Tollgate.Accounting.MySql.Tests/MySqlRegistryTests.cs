using Tollgate.Accounting.MySql.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Testing;

namespace Tollgate.Accounting.MySql.Tests;

public sealed class MySqlRegistryTests(MySqlServer server) : RegistryStoreCompliance
{
    private readonly List<MySqlLedgerStore> _opened = [];
    private string _database = "";

    protected override async Task CreateDatabaseAsync() => _database = await server.CreateDatabaseAsync();

    protected override IRegistryStore Open()
    {
        var store = new MySqlLedgerStore(server.ConnectionTo(_database));
        lock (_opened)
            _opened.Add(store);
        return store.Registry;
    }

    protected override async Task DropDatabaseAsync()
    {
        foreach (var store in _opened)
            await store.DisposeAsync();
    }
}

using Tollgate.Accounting.MySql.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Testing;

namespace Tollgate.Accounting.MySql.Tests;

public sealed class MySqlSignInTests(MySqlServer server) : SignInStoreCompliance
{
    private readonly List<MySqlLedgerStore> _opened = [];
    private string _database = "";

    protected override async Task CreateDatabaseAsync() => _database = await server.CreateDatabaseAsync();

    protected override ISignInStore Open()
    {
        var store = new MySqlLedgerStore(server.ConnectionTo(_database));
        lock (_opened)
            _opened.Add(store);
        return store.SignIns;
    }

    protected override async Task DropDatabaseAsync()
    {
        foreach (var store in _opened)
            await store.DisposeAsync();
    }
}

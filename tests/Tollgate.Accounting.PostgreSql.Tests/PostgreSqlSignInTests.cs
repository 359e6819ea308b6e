using Tollgate.Accounting.PostgreSql.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Testing;

namespace Tollgate.Accounting.PostgreSql.Tests;

public sealed class PostgreSqlSignInTests(PostgreSqlServer server) : SignInStoreCompliance
{
    private readonly List<PostgreSqlLedgerStore> _opened = [];
    private string _database = "";

    protected override async Task CreateDatabaseAsync() => _database = await server.CreateDatabaseAsync();

    protected override ISignInStore Open()
    {
        var store = new PostgreSqlLedgerStore(server.ConnectionTo(_database));
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

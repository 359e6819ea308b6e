using Tollgate.Accounting.Limits;
using Tollgate.Accounting.PostgreSql.Ledger;
using Tollgate.Accounting.Testing;

namespace Tollgate.Accounting.PostgreSql.Tests;

public sealed class PostgreSqlLimitTests(PostgreSqlServer server) : LimitStoreCompliance
{
    private readonly List<PostgreSqlLedgerStore> _opened = [];
    private string _database = "";

    protected override async Task CreateDatabaseAsync() => _database = await server.CreateDatabaseAsync();

    protected override async Task<LimitedStore> OpenAsync()
    {
        var store = new PostgreSqlLedgerStore(server.ConnectionTo(_database));
        _opened.Add(store);
        await store.MigrateAsync();
        return new LimitedStore(
            store.Limits,
            store.Alerts,
            (IReadOnlyList<ChargedRecord> batch) => store.AppendAsync(batch)
        );
    }

    protected override async Task DropDatabaseAsync()
    {
        foreach (var store in _opened)
            await store.DisposeAsync();
    }
}

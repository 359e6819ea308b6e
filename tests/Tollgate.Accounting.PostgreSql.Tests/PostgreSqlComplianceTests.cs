using Tollgate.Accounting.PostgreSql.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Testing;

namespace Tollgate.Accounting.PostgreSql.Tests;

public sealed class PostgreSqlComplianceTests(PostgreSqlServer server) : ServerLedgerStoreCompliance
{
    private string _database = "";

    protected override async Task CreateDatabaseAsync() => _database = await server.CreateDatabaseAsync();

    protected override Task<ILedgerStore> OpenAsync() =>
        Task.FromResult<ILedgerStore>(new PostgreSqlLedgerStore(server.ConnectionTo(_database)));

    protected override Task ExecuteAsync(string sql) => server.ExecuteAsync(_database, sql);

    protected override Task DropDatabaseAsync() => Task.CompletedTask;
}

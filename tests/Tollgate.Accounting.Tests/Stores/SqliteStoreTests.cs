using Tollgate.Accounting.Compliance;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Ledger.Stores;
using Tollgate.Accounting.Ledger.Stores.Sqlite;
using Tollgate.Testing;

namespace Tollgate.Accounting.Tests.Stores;

public sealed class SqliteStoreTests : SqlLedgerStoreCompliance
{
    private TemporaryFolder _folder = new();

    protected override Task CreateDatabaseAsync()
    {
        _folder = new TemporaryFolder();
        return Task.CompletedTask;
    }

    protected override Task<ILedgerStore> OpenAsync() =>
        Task.FromResult<ILedgerStore>(new SqliteLedgerStore(new LedgerOptions { DataFolder = _folder.Path, DatabaseFile = "own.db" }));

    protected override Task DropDatabaseAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("ATTACH '/tmp/other.db' AS other")]
    [InlineData("PRAGMA journal_mode = DELETE")]
    [InlineData("VACUUM INTO '/tmp/copy.db'")]
    [InlineData("BEGIN")]
    public async Task A_statement_cannot_reach_beyond_the_ledger(string statement) =>
        await Should.ThrowAsync<LedgerSqlException>(() => ((ISqlLedgerStore)Store).SelectAsync(statement, TimeSpan.FromSeconds(5)));
}

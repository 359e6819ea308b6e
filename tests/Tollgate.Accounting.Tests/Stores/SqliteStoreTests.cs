using Tollgate.Accounting.Compliance;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Ledger.Stores;
using Tollgate.Accounting.Ledger.Stores.Sqlite;
using Tollgate.Testing;

namespace Tollgate.Accounting.Tests.Stores;

public sealed class SqliteStoreTests : SummedLedgerStoreCompliance
{
    private TemporaryFolder _folder = new();

    protected override Task CreateDatabaseAsync()
    {
        _folder = new TemporaryFolder();
        return Task.CompletedTask;
    }

    protected override Task<ILedgerStore> OpenAsync() =>
        Task.FromResult<ILedgerStore>(new SqliteLedgerStore(new LedgerOptions { DataFolder = _folder.Path, DatabaseFile = "own.db" }));

    protected override Task ExecuteAsync(string sql)
    {
        using var connection = SqliteConnections.OpenForWrites(_folder.File("own.db"));
        connection.Run(sql);
        return Task.CompletedTask;
    }

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

    [Theory]
    [InlineData("SELECT sum(cost) FROM usage WHERE started_at >= 5 AND session = 's1'", "usage_session")]
    [InlineData("SELECT sum(cost) FROM usage WHERE started_at >= 5 AND application = 'a1'", "usage_application")]
    public async Task Records_of_one_session_or_application_are_found_without_reading_all(string statement, string index)
    {
        var plan = await ((ISqlLedgerStore)Store).SelectAsync("EXPLAIN QUERY PLAN " + statement, TimeSpan.FromSeconds(5));

        plan.Rows.ShouldHaveSingleItem()[^1].ShouldBeOfType<string>().ShouldContain("USING INDEX " + index);
    }

    [Theory]
    [InlineData("SELECT * FROM accounting_entries ORDER BY datetime DESC LIMIT 10")]
    [InlineData("SELECT * FROM accounting_entries WHERE model = 'gpt-4' ORDER BY datetime DESC LIMIT 10")]
    [InlineData("SELECT SUM(cost) FROM accounting_entries WHERE datetime >= '2026-06-20' AND datetime < '2026-06-21'")]
    public async Task Entries_are_found_by_their_datetime_without_reading_all(string statement)
    {
        var plan = await ((ISqlLedgerStore)Store).SelectAsync("EXPLAIN QUERY PLAN " + statement, TimeSpan.FromSeconds(5));

        var steps = string.Join('\n', plan.Rows.Select(static row => row[^1]));
        steps.ShouldContain("USING INDEX usage_datetime");
        steps.ShouldNotContain("TEMP B-TREE");
    }
}

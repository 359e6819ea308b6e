using Tollgate.Accounting.PostgreSql.Connections;
using Tollgate.Accounting.PostgreSql.Ledger;
using Tollgate.Accounting.PostgreSql.Transcripts;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Testing;

namespace Tollgate.Accounting.PostgreSql.Tests;

public sealed class PostgreSqlTranscriptTests(PostgreSqlServer server) : TranscriptStoreCompliance
{
    private string _database = "";

    protected override async Task CreateDatabaseAsync() => _database = await server.CreateDatabaseAsync();

    protected override Task<ITranscriptStore> OpenAsync() =>
        Task.FromResult<ITranscriptStore>(new PostgreSqlTranscriptStore(server.ConnectionTo(_database)));

    protected override Task DropDatabaseAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_ledger_may_be_in_the_same_database()
    {
        await using var ledger = new PostgreSqlLedgerStore(server.ConnectionTo(_database));

        (await ledger.MigrateAsync()).Current.ShouldBe(PostgreSqlMigrations.KnownVersion);

        await Store.MigrateAsync();
        (await Store.EntriesAsync(new TranscriptSelection())).ShouldBeEmpty();
    }
}

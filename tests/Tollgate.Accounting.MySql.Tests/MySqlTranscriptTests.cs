using Tollgate.Accounting.MySql.Connections;
using Tollgate.Accounting.MySql.Ledger;
using Tollgate.Accounting.MySql.Transcripts;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Testing;

namespace Tollgate.Accounting.MySql.Tests;

public sealed class MySqlTranscriptTests(MySqlServer server) : TranscriptStoreCompliance
{
    private string _database = "";

    protected override async Task CreateDatabaseAsync() => _database = await server.CreateDatabaseAsync();

    protected override Task<ITranscriptStore> OpenAsync() =>
        Task.FromResult<ITranscriptStore>(new MySqlTranscriptStore(server.ConnectionTo(_database)));

    protected override Task DropDatabaseAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_ledger_may_be_in_the_same_database()
    {
        await using var ledger = new MySqlLedgerStore(server.ConnectionTo(_database));

        (await ledger.MigrateAsync()).Current.ShouldBe(MySqlMigrations.KnownVersion);

        await Store.MigrateAsync();
        (await Store.EntriesAsync(new TranscriptSelection())).ShouldBeEmpty();
    }
}

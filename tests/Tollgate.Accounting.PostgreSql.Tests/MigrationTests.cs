using Tollgate.Accounting.Ledger;

namespace Tollgate.Accounting.PostgreSql.Tests;

public sealed class MigrationTests(PostgreSqlServer server) : PostgreSqlTest(server)
{
    [Fact]
    public async Task Every_older_schema_is_brought_up_to_date()
    {
        for (var version = 0; version < PostgreSqlMigrations.KnownVersion; version++)
        {
            var database = await Server.CreateDatabaseAsync();
            await using var store = new PostgreSqlLedgerStore(Server.ConnectionTo(database));
            (await store.MigrateAsync(upTo: version, default)).Current.ShouldBe(version);
            (await store.SchemaAsync()).IsCurrent.ShouldBeFalse();

            (await store.MigrateAsync()).Current.ShouldBe(PostgreSqlMigrations.KnownVersion);

            (await store.AppendAsync([Record(Noon)])).ShouldBe(1);
        }
    }

    [Fact]
    public async Task A_newer_schema_is_refused_and_untouched()
    {
        var newer = PostgreSqlMigrations.KnownVersion + 1;
        await ExecuteAsync($"INSERT INTO tollgate_schema (version) VALUES ({newer}); DROP VIEW accounting_entries");
        await using var store = Open();

        (await Should.ThrowAsync<LedgerSchemaException>(() => store.MigrateAsync())).Message.ShouldContain($"has schema {newer}");

        (await store.SchemaAsync()).Current.ShouldBe(newer);
        (await ScalarAsync("SELECT to_regclass('accounting_entries')::text")).ShouldBe(DBNull.Value);
    }

    [Fact]
    public async Task A_database_without_a_ledger_says_so()
    {
        await using var store = new PostgreSqlLedgerStore(Server.ConnectionTo(await Server.CreateDatabaseAsync()));

        (await Should.ThrowAsync<LedgerSchemaException>(() => store.AppendAsync([Record(Noon)]))).Message.ShouldContain("Migrate it first");
        (await store.SchemaAsync()).Current.ShouldBe(0);
    }
}

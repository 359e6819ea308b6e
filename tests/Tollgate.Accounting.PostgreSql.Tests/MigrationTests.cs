using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Ledger.Stores;

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
    public async Task What_was_booked_before_there_were_sums_by_day_is_in_them()
    {
        var database = await Server.CreateDatabaseAsync();
        await using var store = new PostgreSqlLedgerStore(Server.ConnectionTo(database));
        await store.MigrateAsync(upTo: 4, default);
        await store.AppendAsync([Record(Noon), Record(Noon.AddHours(1)), Record(Noon.AddDays(1))]);
        await Server.ExecuteAsync(database, "DROP TABLE usage_days");
        await Server.ExecuteAsync(database, "DELETE FROM tollgate_schema WHERE version = 4");

        (await store.MigrateAsync()).IsCurrent.ShouldBeTrue();

        (await Server.ScalarAsync(database, "SELECT count(*) FROM usage_days")).ShouldBe(2L);
        var midnight = new DateTimeOffset(Noon.Date, TimeSpan.Zero);
        var byUser = await store.SumAsync(new UsageSumQuery { Period = new(midnight, midnight.AddDays(2)), By = [UsageDimension.User] });
        byUser.ShouldHaveSingleItem().Totals.Calls.ShouldBe(3);
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

using Tollgate.Accounting.MySql.Connections;
using Tollgate.Accounting.MySql.Ledger;
using Tollgate.Accounting.Servers;
using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.MySql.Tests;

public sealed class MigrationTests(MySqlServer server)
    : ServerMigrationTest<MySqlServer, MySqlLedgerStore>(server, static connection => new MySqlLedgerStore(connection))
{
    protected override int Known => MySqlMigrations.KnownVersion;

    protected override int FirstWithDays => 3;

    protected override Task<SchemaVersion> MigrateAsync(MySqlLedgerStore store, int upTo) =>
        store.MigrateAsync(upTo, default);

    [Fact]
    public async Task A_migration_that_died_before_its_version_was_written_is_run_again()
    {
        await Store.AppendAsync([Record(Noon)]);
        await ExecuteAsync("DELETE FROM tollgate_schema");
        await ExecuteAsync("DROP TABLE usage_slots");

        (await Open().MigrateAsync()).IsCurrent.ShouldBeTrue();

        (await AllAsync(Store)).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_migration_that_died_between_its_statements_is_continued(bool isVersionRenamed)
    {
        await Store.AppendAsync([Record(Noon)]);
        await ExecuteAsync("DELETE FROM tollgate_schema WHERE version >= 6");
        if (!isVersionRenamed)
            await ExecuteAsync("RENAME TABLE registry_version TO directory_version");

        (await Open().MigrateAsync()).IsCurrent.ShouldBeTrue();

        await ExecuteAsync("SELECT version FROM registry_version");
    }
}

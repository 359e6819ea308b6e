using Tollgate.Accounting.Ledger.Stores;
using Tollgate.Accounting.Servers;

namespace Tollgate.Accounting.PostgreSql.Tests;

public sealed class MigrationTests(PostgreSqlServer server)
    : ServerMigrationTest<PostgreSqlServer, PostgreSqlLedgerStore>(server, static connection => new PostgreSqlLedgerStore(connection))
{
    protected override int Known => PostgreSqlMigrations.KnownVersion;

    protected override int FirstWithDays => 4;

    protected override Task<SchemaVersion> MigrateAsync(PostgreSqlLedgerStore store, int upTo) => store.MigrateAsync(upTo, default);
}

using Tollgate.Accounting.PostgreSql.Connections;
using Tollgate.Accounting.PostgreSql.Ledger;
using Tollgate.Accounting.Servers;
using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.PostgreSql.Tests;

public sealed class MigrationTests(PostgreSqlServer server)
    : ServerMigrationTest<PostgreSqlServer, PostgreSqlLedgerStore>(
        server,
        static connection => new PostgreSqlLedgerStore(connection)
    )
{
    protected override int Known => PostgreSqlMigrations.KnownVersion;

    protected override int FirstWithDays => 4;

    protected override Task<SchemaVersion> MigrateAsync(PostgreSqlLedgerStore store, int upTo) =>
        store.MigrateAsync(upTo, default);
}

using Tollgate.Accounting.Hosting;
using Tollgate.Accounting.PostgreSql.Ledger;
using Tollgate.Accounting.Servers;

namespace Tollgate.Accounting.PostgreSql.Tests;

public sealed class PostgreSqlHostTests(PostgreSqlServer server)
    : ServerHostTest<PostgreSqlServer, PostgreSqlLedgerStore>(
        server,
        static connection => new PostgreSqlLedgerStore(connection)
    )
{
    protected override void UseServer(AccountingBuilder builder, string? url) => builder.UsePostgreSql(url);
}

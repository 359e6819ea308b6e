using Tollgate.Accounting.Hosting;
using Tollgate.Accounting.MySql.Ledger;
using Tollgate.Accounting.Servers;

namespace Tollgate.Accounting.MySql.Tests;

public sealed class MySqlHostTests(MySqlServer server)
    : ServerHostTest<MySqlServer, MySqlLedgerStore>(
        server,
        static connection => new MySqlLedgerStore(connection)
    )
{
    protected override void UseServer(AccountingBuilder builder, string? url) => builder.UseMySql(url);
}

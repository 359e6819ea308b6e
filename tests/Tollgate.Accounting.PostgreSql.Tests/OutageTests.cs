using Tollgate.Accounting.PostgreSql.Ledger;
using Tollgate.Accounting.Servers;

namespace Tollgate.Accounting.PostgreSql.Tests;

public sealed class OutageTests(ServerToStop server)
    : ServerOutageTest<ServerToStop, PostgreSqlLedgerStore>(
        server,
        static connection => new PostgreSqlLedgerStore(connection)
    ),
        IClassFixture<ServerToStop>
{
    protected override string Product => "PostgreSQL";

    protected override string Scheme => "postgres";

    protected override string LoginRefused => "password authentication failed";
}

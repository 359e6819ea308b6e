using Tollgate.Accounting.MySql.Ledger;
using Tollgate.Accounting.Servers;

namespace Tollgate.Accounting.MySql.Tests;

public sealed class OutageTests(ServerToStop server)
    : ServerOutageTest<ServerToStop, MySqlLedgerStore>(server, static connection => new MySqlLedgerStore(connection)),
        IClassFixture<ServerToStop>
{
    protected override string Product => "MySQL";

    protected override string Scheme => "mysql";

    protected override string LoginRefused => "Access denied";
}

using Tollgate.Accounting.MySql.Ledger;
using Tollgate.Accounting.Servers;

namespace Tollgate.Accounting.MySql.Tests;

/// <summary>A test with a database of its own.</summary>
public abstract class MySqlTest(MySqlServer server)
    : ServerStoreTest<MySqlServer, MySqlLedgerStore>(server, static connection => new MySqlLedgerStore(connection));

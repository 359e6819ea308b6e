using Tollgate.Accounting.PostgreSql.Ledger;
using Tollgate.Accounting.Servers;

namespace Tollgate.Accounting.PostgreSql.Tests;

/// <summary>A test with a database of its own.</summary>
public abstract class PostgreSqlTest(PostgreSqlServer server)
    : ServerStoreTest<PostgreSqlServer, PostgreSqlLedgerStore>(
        server,
        static connection => new PostgreSqlLedgerStore(connection)
    )
{
    /// <summary>The tables of months, and how many there are besides the default one.</summary>
    protected async Task<string> PartitionsAsync() =>
        (string)
            (
                await ScalarAsync(
                    "SELECT coalesce(string_agg(c.relname, ' ' ORDER BY c.relname), '') FROM pg_inherits i JOIN "
                        + "pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'usage'::regclass AND c.relname <> "
                        + "'usage_default'"
                )
            )!;
}

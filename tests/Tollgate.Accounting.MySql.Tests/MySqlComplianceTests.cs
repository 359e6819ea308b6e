using Tollgate.Accounting.MySql.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Testing;

namespace Tollgate.Accounting.MySql.Tests;

public sealed class MySqlComplianceTests(MySqlServer server) : ServerLedgerStoreCompliance
{
    private string _database = "";

    protected override string RecordsTable => "usage_records";

    protected override IReadOnlyList<RollupKind> Kinds =>
        [RollupKind.SlotsByName, RollupKind.DaysByName, RollupKind.Slots];

    /// <summary>Recursion ends after 1,000 rows here.</summary>
    protected override string EndlessStatement =>
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) SELECT count(*) FROM n a, n "
        + "b, n c, n d WHERE a.i + b.i + c.i + d.i > 9";

    protected override string ManyRowsStatement =>
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) SELECT a.i FROM n a, n b, n "
        + "c, n d";

    protected override async Task CreateDatabaseAsync() => _database = await server.CreateDatabaseAsync();

    protected override Task<ILedgerStore> OpenAsync() =>
        Task.FromResult<ILedgerStore>(new MySqlLedgerStore(server.ConnectionTo(_database)));

    protected override Task ExecuteAsync(string sql) => server.ExecuteAsync(_database, sql);

    protected override Task DropDatabaseAsync() => Task.CompletedTask;
}

using Tollgate.Accounting.Stores.Sql;

namespace Tollgate.Accounting.PostgreSql.Connections;

/// <summary>The migrations on PostgreSQL: each file is one transaction.</summary>
/// <param name="database">The database.</param>
/// <param name="folder">The folder of the embedded files.</param>
/// <param name="versionTable">The table of the versions.</param>
internal sealed class PostgreSqlMigrations(
    PostgreSqlDatabase database,
    string folder = PostgreSqlMigrations.LedgerFolder,
    string versionTable = "tollgate_schema"
) : ServerMigrations(database, folder, versionTable)
{
    private const string LedgerFolder = "Migrations/";

    /// <summary>The ledger schema that this program version supports.</summary>
    public static int KnownVersion { get; } = FilesIn(typeof(PostgreSqlMigrations).Assembly, LedgerFolder).Length;

    protected override Task ApplyAsync(string file, CancellationToken cancellationToken) =>
        database.RunTransactionAsync(
            async connection =>
            {
                await PostgreSqlSchemaLock.TakeAsync(connection, cancellationToken);
                return await ApplyLockedAsync(connection, file, cancellationToken);
            },
            cancellationToken
        );

    /// <summary>
    /// Not to_regclass: it may cache that there was no such table, and miss that another process created it.
    /// </summary>
    protected override string CountTables(string name) =>
        $"SELECT count(*) FROM pg_class WHERE relname = '{name}' AND pg_table_is_visible(oid)";

    protected override string CreateVersionTable(string name) =>
        $"CREATE TABLE IF NOT EXISTS {name} "
        + "(version integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())";
}

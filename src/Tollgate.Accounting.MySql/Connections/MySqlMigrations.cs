using Tollgate.Accounting.Stores.Sql;

namespace Tollgate.Accounting.MySql.Connections;

/// <summary>
/// The migrations on MariaDB and MySQL. Each statement of a file commits by itself, so each can be repeated, and the
/// version is written last: after a crash, the next process runs the file again.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="folder">The folder of the embedded files.</param>
/// <param name="versionTable">The table of the versions.</param>
internal sealed class MySqlMigrations(
    MySqlDatabase database,
    string folder = MySqlMigrations.LedgerFolder,
    string versionTable = "tollgate_schema"
) : ServerMigrations(database, folder, versionTable)
{
    private const string LedgerFolder = "Migrations/";

    /// <summary>The ledger schema that this program version supports.</summary>
    public static int KnownVersion { get; } = FilesIn(typeof(MySqlMigrations).Assembly, LedgerFolder).Length;

    protected override Task ApplyAsync(string file, CancellationToken cancellationToken) =>
        database.RunAsync(
            async connection =>
            {
                await MySqlSchemaLock.TakeAsync(connection, cancellationToken);
                try
                {
                    return await ApplyLockedAsync(connection, file, cancellationToken);
                }
                finally
                {
                    await MySqlSchemaLock.ReleaseAsync(connection);
                }
            },
            cancellationToken
        );

    protected override string CountTables(string name) =>
        $"SELECT count(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = '{name}'";

    protected override string CreateVersionTable(string name) =>
        $"CREATE TABLE IF NOT EXISTS {name} (version integer NOT NULL PRIMARY KEY, applied_at timestamp NOT NULL "
        + "DEFAULT current_timestamp) ENGINE = InnoDB";

    /// <summary>Runs the statements one by one, so that an error is that of one statement.</summary>
    protected override IEnumerable<string> Split(string script) =>
        script.Split(";\n", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}

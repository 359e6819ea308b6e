using System.Globalization;
using System.Reflection;
using Npgsql;
using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.PostgreSql.Connections;

/// <summary>
/// Upgrades a database to the current schema: the embedded files <c>Migrations/NNNN_name.sql</c> in order, each in its
/// own transaction together with the version number, so that a process may crash at any time.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="folder">The folder of the embedded files.</param>
/// <param name="versionTable">The table of the versions: the schemas of a ledger and of a transcript log have separate
/// versions.</param>
internal sealed class PostgreSqlMigrations(
    PostgreSqlDatabase database,
    string folder = PostgreSqlMigrations.LedgerFolder,
    string versionTable = "tollgate_schema"
)
{
    private const string LedgerFolder = "Migrations/";

    private readonly string[] _files = FilesIn(folder);

    /// <summary>The ledger schema that this program version supports.</summary>
    public static int KnownVersion { get; } = FilesIn(LedgerFolder).Length;

    public async Task<SchemaVersion> ReadAsync(CancellationToken cancellationToken) =>
        new(
            await database.RunAsync(connection => VersionAsync(connection, cancellationToken), cancellationToken),
            _files.Length
        );

    public async Task<SchemaVersion> ApplyAsync(int upTo, CancellationToken cancellationToken)
    {
        var found = await ReadAsync(cancellationToken);
        ThrowIfNewer(found.Current);
        if (found.Current >= upTo)
            return found; // Without waiting for a process that migrates or creates a month.
        foreach (var file in _files.Take(upTo))
            await database.RunTransactionAsync(
                connection => ApplyAsync(connection, file, cancellationToken),
                cancellationToken
            );
        return await ReadAsync(cancellationToken);
    }

    private async Task<bool> ApplyAsync(NpgsqlConnection connection, string file, CancellationToken cancellationToken)
    {
        var version = int.Parse(file.AsSpan(folder.Length, 4), CultureInfo.InvariantCulture);
        await PostgreSqlSchemaLock.TakeAsync(connection, cancellationToken);
        var found = await VersionAsync(connection, cancellationToken);
        ThrowIfNewer(found); // A newer process may have migrated while this one waited.
        if (found >= version)
            return false;
        await connection.RunAsync(
            $"CREATE TABLE IF NOT EXISTS {versionTable} (version integer PRIMARY KEY, applied_at timestamptz NOT NULL "
                + $"DEFAULT now())",
            cancellationToken
        );
        await connection.RunWithoutTimeoutAsync(Read(file), cancellationToken);
        await connection.RunAsync(
            $"INSERT INTO {versionTable} (version) VALUES ($1)",
            cancellationToken,
            PostgreSqlCommands.Number(version)
        );
        return true;
    }

    private void ThrowIfNewer(int found)
    {
        if (found > _files.Length)
            throw new LedgerSchemaException(
                $"{database} has schema {found}; this version of Tollgate supports schemas up to {_files.Length}. "
                    + "A newer version has upgraded it: use that one, or another database. Nothing was changed."
            );
    }

    private async Task<int> VersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // Not to_regclass: it may cache that there was no such table, and miss that another process created it.
        var exists =
            await connection.NumberAsync(
                $"SELECT count(*) FROM pg_class WHERE relname = '{versionTable}' AND pg_table_is_visible(oid)",
                cancellationToken
            ) > 0;
        return exists
            ? (int)
                await connection.NumberAsync($"SELECT coalesce(max(version), 0) FROM {versionTable}", cancellationToken)
            : 0;
    }

    private static string Read(string file)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(file)!);
        return reader.ReadToEnd();
    }

    private static string[] FilesIn(string folder) =>
        [
            .. Assembly
                .GetExecutingAssembly()
                .GetManifestResourceNames()
                .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];
}

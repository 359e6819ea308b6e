using System.Globalization;
using System.Reflection;
using MySql.Data.MySqlClient;
using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.MySql.Connections;

/// <summary>
/// Upgrades a database to the current schema: the embedded files <c>Migrations/NNNN_name.sql</c> in order, under a
/// lock. Here each statement of a file commits by itself, so each can be repeated, and the version is written last: a
/// process may crash at any time, and the next one runs the file again.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="folder">The folder of the embedded files.</param>
/// <param name="versionTable">The table of the versions: the schemas of a ledger and of a transcript log have separate
/// versions.</param>
internal sealed class MySqlMigrations(
    MySqlDatabase database,
    string folder = MySqlMigrations.LedgerFolder,
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
            await database.RunAsync(
                connection => ApplyLockedAsync(connection, file, cancellationToken),
                cancellationToken
            );
        return await ReadAsync(cancellationToken);
    }

    private async Task<bool> ApplyLockedAsync(
        MySqlConnection connection,
        string file,
        CancellationToken cancellationToken
    )
    {
        await MySqlSchemaLock.TakeAsync(connection, cancellationToken);
        try
        {
            return await ApplyAsync(connection, file, cancellationToken);
        }
        finally
        {
            await MySqlSchemaLock.ReleaseAsync(connection);
        }
    }

    private async Task<bool> ApplyAsync(MySqlConnection connection, string file, CancellationToken cancellationToken)
    {
        var version = int.Parse(file.AsSpan(folder.Length, 4), CultureInfo.InvariantCulture);
        var found = await VersionAsync(connection, cancellationToken);
        ThrowIfNewer(found); // A newer process may have migrated while this one waited.
        if (found >= version)
            return false;
        await connection.RunAsync(
            $"CREATE TABLE IF NOT EXISTS {versionTable} (version integer NOT NULL PRIMARY KEY, applied_at timestamp "
                + $"NOT NULL DEFAULT current_timestamp) ENGINE = InnoDB",
            cancellationToken
        );
        foreach (var statement in Statements(Read(file)))
            await connection.RunWithoutTimeoutAsync(statement, cancellationToken);
        await connection.RunAsync(
            $"INSERT INTO {versionTable} (version) VALUES (@p1)",
            cancellationToken,
            MySqlCommands.Number(version)
        );
        return true;
    }

    /// <summary>Runs the statements one by one, since the server is configured to reject several at a time.</summary>
    private static IEnumerable<string> Statements(string script) =>
        script.Split(";\n", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private void ThrowIfNewer(int found)
    {
        if (found > _files.Length)
            throw new LedgerSchemaException(
                $"{database} has schema {found}; this version of Tollgate supports schemas up to {_files.Length}. "
                    + "A newer version has upgraded it: use that one, or another database. Nothing was changed."
            );
    }

    private async Task<int> VersionAsync(MySqlConnection connection, CancellationToken cancellationToken)
    {
        var exists =
            await connection.NumberAsync(
                $"SELECT count(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = "
                    + $"'{versionTable}'",
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

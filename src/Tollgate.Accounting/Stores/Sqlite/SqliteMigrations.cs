using System.Globalization;
using System.Reflection;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Tollgate.Accounting.Files;

namespace Tollgate.Accounting.Stores.Sqlite;

/// <summary>
/// Upgrades a database to the current schema: the embedded files <c>Migrations/NNNN_name.sql</c> in order, each in its
/// own transaction together with the version number, so that a process may crash at any time.
/// </summary>
internal static class SqliteMigrations
{
    private const string Folder = "Migrations/";

    private static readonly string[] Files =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(IsMigration).Order(StringComparer.Ordinal),
    ];

    /// <summary>The schema that this program version supports.</summary>
    public static int CurrentVersion => Files.Length;

    /// <summary>Creates or upgrades the database under the folder's migration lock.</summary>
    public static Task ApplyAsync(LedgerOptions options, CancellationToken cancellationToken) =>
        ApplyAsync(options, CurrentVersion, cancellationToken);

    internal static async Task ApplyAsync(LedgerOptions options, int upTo, CancellationToken cancellationToken)
    {
        PrivateFolder.Create(options.DataFolder);
        PrivateFolder.Create(options.StateFolder);
        if (upTo == CurrentVersion && await SqliteThreads.Lookups.RunAsync(() => IsCurrent(options), cancellationToken))
            return;
        // The lock file covers what SQLite's own locks do not: two processes that create the file and switch it to WAL.
        using var only = await FileLock.WaitAsync(Path.Combine(options.StateFolder, "migrate.lock"), cancellationToken);
        await SqliteThreads.Changes.RunAsync(() => Upgrade(options, upTo), options.DatabasePath, cancellationToken);
    }

    private static void Upgrade(LedgerOptions options, int upTo)
    {
        using var connection = SqliteConnections.OpenForMigration(options.DatabasePath);
        ThrowIfNewer(connection); // Before anything is changed.
        connection.Run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
        foreach (var file in Files.Take(upTo))
            Apply(connection, file);
    }

    /// <summary>
    /// True if there is nothing to do, as at nearly every start. Problems of a database are reported by the upgrade.
    /// </summary>
    private static bool IsCurrent(LedgerOptions options)
    {
        if (!File.Exists(options.DatabasePath))
            return false;
        try
        {
            using var database = SqliteDatabase.OpenForQueries(options.DatabasePath);
            using var version = database.Prepare("read the schema's version", "PRAGMA user_version");
            using var journal = database.Prepare("read the journal's mode", "PRAGMA journal_mode");
            return version.ReadNumber() == CurrentVersion && journal.Next() && journal.Text(0) == "wal";
        }
        catch (SqliteErrorException)
        {
            return false;
        }
    }

    /// <summary>
    /// Throws if this version does not support the schema of a database, or if it was not upgraded yet.
    /// </summary>
    public static void RequireCurrent(SqliteConnection connection)
    {
        ThrowIfNewer(connection);
        var version = ReadVersion(connection);
        if (version < CurrentVersion)
            throw new LedgerSchemaException(
                $"'{connection.DataSource}' has schema {version}, older than {CurrentVersion}. "
                    + "Start the gateway once, or open the ledger for writing, to upgrade it."
            );
    }

    private static void ThrowIfNewer(SqliteConnection connection)
    {
        var version = ReadVersion(connection);
        if (version > CurrentVersion)
            throw new LedgerSchemaException(
                $"'{connection.DataSource}' has schema {version}; this version of Tollgate supports schemas up to "
                    + $"{CurrentVersion}. "
                    + "A newer version has upgraded it. Use that version or another data folder. Nothing was changed."
            );
    }

    private static void Apply(SqliteConnection connection, string file)
    {
        var version = int.Parse(file.AsSpan(Folder.Length, 4), CultureInfo.InvariantCulture);
        if (ReadVersion(connection) >= version)
            return;
        connection.Run($"BEGIN IMMEDIATE;\n{Read(file)}\nPRAGMA user_version={version}; COMMIT;");
    }

    /// <summary>Returns the version of a database; 0 if there is none.</summary>
    public static int ReadVersion(LedgerOptions options)
    {
        if (!File.Exists(options.DatabasePath))
            return 0;
        using var connection = SqliteConnections.OpenForQueries(options.DatabasePath);
        return ReadVersion(connection);
    }

    private static int ReadVersion(SqliteConnection connection)
    {
        try
        {
            return Convert.ToInt32(connection.Scalar("PRAGMA user_version"), CultureInfo.InvariantCulture);
        }
        catch (SqliteException failure) when (failure.SqliteErrorCode == raw.SQLITE_NOTADB)
        {
            throw new LedgerSchemaException(
                $"'{connection.DataSource}' is not a SQLite database, or its first page is damaged. Use another data "
                    + $"folder, or restore a backup. Nothing was changed."
            );
        }
    }

    private static string Read(string file)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(file)!);
        return reader.ReadToEnd();
    }

    private static bool IsMigration(string resource) => resource.StartsWith(Folder, StringComparison.Ordinal);
}

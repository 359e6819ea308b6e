using System.Globalization;
using System.Reflection;
using Microsoft.Data.Sqlite;
using Tollgate.Accounting.Files;

namespace Tollgate.Accounting.Stores.Sqlite.Transcripts;

/// <summary>
/// The file of a transcript log: readable by its owner only, with a rollback journal instead of a write-ahead log,
/// since it is written in batches in the background, and by more than one process.
/// </summary>
internal static class SqliteTranscriptFile
{
    private const long ApplicationId = 0x54474155; // "TGAU"
    private const string Folder = "TranscriptMigrations/";

    private static readonly string[] Scripts =
    [
        .. Assembly
            .GetExecutingAssembly()
            .GetManifestResourceNames()
            .Where(static name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>
    /// Opens a connection that writes. Deleted data is overwritten: the file must not keep texts beyond their
    /// retention.
    /// </summary>
    public static SqliteConnection OpenForWrites(string path)
    {
        var connection = SqliteConnections.OpenForWrites(path);
        connection.Run("PRAGMA secure_delete=ON;");
        return connection;
    }

    /// <summary>Creates the file or upgrades its tables.</summary>
    /// <exception cref="LedgerSchemaException">It is another kind of database, or was upgraded by a newer
    /// version.</exception>
    public static void Migrate(string path)
    {
        CreateForOwner(path);
        using var connection = OpenForWrites(path);
        connection.Run("BEGIN IMMEDIATE;"); // A second process that starts now waits here.
        var version = Number(connection, "PRAGMA user_version");
        if (version > 0 && Number(connection, "PRAGMA application_id") != ApplicationId)
            throw new LedgerSchemaException(
                $"'{path}' is not a transcript log. Set another file in transcripts.database. Nothing was changed."
            );
        if (version > Scripts.Length)
            throw new LedgerSchemaException(
                $"'{path}' has schema {version}; this version of Tollgate supports transcript schemas up to "
                    + $"{Scripts.Length}.  "
                    + "A newer version has upgraded it: use that one, or another file. Nothing was changed."
            );
        for (var next = (int)version; next < Scripts.Length; next++)
            connection.Run($"{Read(Scripts[next])}\nPRAGMA user_version={next + 1};");
        connection.Run("COMMIT;");
    }

    /// <summary>Reads the schema of the file, which need not exist.</summary>
    public static SchemaVersion Version(string path)
    {
        if (!File.Exists(path))
            return new(0, Scripts.Length);
        using var connection = SqliteConnections.OpenForQueries(path);
        return new((int)Number(connection, "PRAGMA user_version"), Scripts.Length);
    }

    private static void CreateForOwner(string path)
    {
        PrivateFolder.Create(Path.GetDirectoryName(path)!);
        // Only for a missing file: closing any descriptor of an open database would drop SQLite's own locks.
        if (File.Exists(path))
            return;
        var owner = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            owner.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            new FileStream(path, owner).Dispose();
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was faster.
        }
    }

    private static long Number(SqliteConnection connection, string sql) =>
        Convert.ToInt64(connection.Scalar(sql), CultureInfo.InvariantCulture);

    private static string Read(string script)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(script)!);
        return reader.ReadToEnd();
    }
}

using Microsoft.Data.Sqlite;

/// <summary>
/// A database of the program's own, opened with what the driver's package brings, before a ledger is.
/// </summary>
internal sealed class OwnDatabase
{
    private readonly string _source;

    public OwnDatabase(string file)
    {
        _source = $"Data Source={file};Default Timeout=60";
        Run("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; CREATE TABLE own (number INTEGER PRIMARY KEY)");
    }

    /// <summary>
    /// Uses it from whatever thread; connections are pooled, so that those of before the ledger are used after it.
    /// </summary>
    public void Add() => Run("INSERT INTO own DEFAULT VALUES");

    /// <summary>The native SQLite libraries that this process has mapped.</summary>
    public static IEnumerable<string> Libraries() =>
        File.ReadLines("/proc/self/maps")
            .Select(static line => line[(line.LastIndexOf(' ') + 1)..])
            .Where(static path =>
                Path.GetFileName(path).StartsWith("libsqlite3", StringComparison.Ordinal)
                || Path.GetFileName(path).StartsWith("libe_sqlite3", StringComparison.Ordinal)
            )
            .Distinct();

    private void Run(string sql)
    {
        using var connection = new SqliteConnection(_source);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

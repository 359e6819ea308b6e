using SQLitePCL;
using Tollgate.Accounting.Stores.Sqlite.Native;

namespace Tollgate.Accounting.Stores.Sqlite;

/// <summary>
/// A raw connection, for one thread at a time. No connection checkpoints automatically:
/// docs/decisions/0019-sqlite-3-53.md describes what does.
/// </summary>
internal sealed class SqliteDatabase : IDisposable
{
    public const string ConnectionPragmas = "PRAGMA wal_autocheckpoint=0; PRAGMA journal_size_limit=67108864;";

    // On macOS, only a full flush also empties the disk's own cache.
    private const string Flushed = "PRAGMA synchronous=FULL; PRAGMA fullfsync=1;";

    private readonly sqlite3 _database;

    private SqliteDatabase(sqlite3 database) => _database = database;

    /// <summary>Opens an existing database of the current schema.</summary>
    public static SqliteDatabase Open(string path) => Open(path, fileSystem: null, Flushed);

    /// <summary>
    /// Opens a database for frequent commits. With <see cref="LedgerDurability.Strict"/>, each commit is one write to
    /// the log and one flush; with <see cref="LedgerDurability.Process"/>, it is the write alone, and only checkpoints
    /// flush.
    /// </summary>
    public static SqliteDatabase OpenForCommits(string path, LedgerDurability durability) =>
        Open(
            path,
            WriteCoalescingVfs.Name,
            durability == LedgerDurability.Strict
                ? Flushed
                : "PRAGMA synchronous=FULL; PRAGMA fullfsync=0; PRAGMA checkpoint_fullfsync=1;"
        );

    private static SqliteDatabase Open(string path, string? fileSystem, string flushing)
    {
        SqliteLibrary.EnsureLoaded();
        const int flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_NOMUTEX;
        var code = raw.sqlite3_open_v2(path, out var database, flags, fileSystem);
        var opened = new SqliteDatabase(database);
        try
        {
            SqliteErrorException.ThrowIfFailed(code, database, $"open '{path}'");
            opened.WaitsForLocks = true;
            opened.Execute(ConnectionPragmas + flushing + "PRAGMA cache_size=-16384; PRAGMA foreign_keys=OFF;");
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Opens a database for a short read. This saves a process that has just started from loading ADO.NET, which takes
    /// longer than most commands.
    /// </summary>
    public static SqliteDatabase OpenForQueries(string path)
    {
        var opened = Open(path);
        raw.sqlite3_busy_timeout(opened._database, 30_000);
        opened.Execute("PRAGMA query_only=1");
        return opened;
    }

    /// <summary>
    /// True if a statement waits up to a second for another process; longer waits are loops of the caller, which can be
    /// canceled.
    /// </summary>
    public bool WaitsForLocks
    {
        set => raw.sqlite3_busy_timeout(_database, value ? 1000 : 0);
    }

    public SqliteStatement Prepare(string name, string sql) => new(_database, name, sql);

    public void Execute(string sql) =>
        SqliteErrorException.ThrowIfFailed(raw.sqlite3_exec(_database, sql), _database, $"run '{sql}'");

    /// <summary>The number of rows that the last statement changed.</summary>
    public int Changes => raw.sqlite3_changes(_database);

    public bool InTransaction => raw.sqlite3_get_autocommit(_database) == 0;

    /// <summary>The total number of pages that this connection wrote to the write-ahead log.</summary>
    public long PagesWritten
    {
        get
        {
            raw.sqlite3_db_status(_database, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, 0);
            return pages;
        }
    }

    /// <summary>
    /// Copies everything that no reader needs in the log to the database; returns true if that was all of it.
    /// </summary>
    public bool CheckpointPassive()
    {
        var code = raw.sqlite3_wal_checkpoint_v2(
            _database,
            null,
            raw.SQLITE_CHECKPOINT_PASSIVE,
            out var frames,
            out var copied
        );
        if (code is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
            return false;
        SqliteErrorException.ThrowIfFailed(code, _database, "checkpoint");
        return copied == frames;
    }

    public void Dispose() => _database.Dispose();
}

using SQLitePCL;

namespace Tollgate.Accounting.Stores.Sqlite;

/// <summary>An error that SQLite returned, with the operation that failed.</summary>
internal sealed class SqliteErrorException(int code, string message) : IOException(message)
{
    /// <summary>The primary result code of SQLite.</summary>
    public int Code => code & 0xFF;

    /// <summary>True if another connection holds the lock, so that a retry can succeed.</summary>
    public bool IsBusy => Code is raw.SQLITE_BUSY or raw.SQLITE_LOCKED;

    /// <summary>
    /// True if only the values of this one statement are the cause: the transaction around it continues.
    /// </summary>
    public bool IsRejection =>
        Code is raw.SQLITE_CONSTRAINT or raw.SQLITE_TOOBIG or raw.SQLITE_MISMATCH or raw.SQLITE_RANGE;

    public static void ThrowIfFailed(int code, sqlite3 database, string doing)
    {
        if (code is raw.SQLITE_OK or raw.SQLITE_DONE or raw.SQLITE_ROW)
            return;
        throw Create(code, database, doing);
    }

    public static SqliteErrorException Create(int code, sqlite3 database, string doing) =>
        new(code, $"SQLite could not {doing}: {raw.sqlite3_errmsg(database).utf8_to_string()} (result code {code}).");
}

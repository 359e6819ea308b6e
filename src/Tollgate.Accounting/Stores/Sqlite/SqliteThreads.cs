using Microsoft.Data.Sqlite;
using SQLitePCL;
using Tollgate.Accounting.Stores.Sqlite.Scheduling;

namespace Tollgate.Accounting.Stores.Sqlite;

/// <summary>
/// The threads of this process for SQLite calls, in three groups so that a slow kind of call does not hold up a quick
/// one. The ledger's writer has its own thread.
/// </summary>
internal static class SqliteThreads
{
    /// <summary>
    /// For calls that may read or remove much: statistics, exports, purges. They yield to a gateway's calls, and are no
    /// more than the cores: more of them would only take longer each.
    /// </summary>
    public static SqliteScheduler Queries { get; } =
        new("SQLite queries", maxThreads: Math.Clamp(Environment.ProcessorCount, 2, 4), isBackground: true);

    /// <summary>For reads of a few rows, which a gateway repeats several times a second.</summary>
    public static SqliteScheduler Lookups { get; } = new("SQLite lookups", maxThreads: 2);

    /// <summary>
    /// For short writes, one at a time for each file: they may wait for the lock of another process, which must hold up
    /// no write to another file.
    /// </summary>
    public static SqliteScheduler Changes { get; } = new("SQLite changes", maxThreads: 8);

    /// <summary>Runs an action on one of the threads.</summary>
    public static Task RunAsync(this SqliteScheduler threads, Action run, CancellationToken cancellationToken) =>
        threads.RunAsync(run, lockedFile: null, cancellationToken);

    /// <summary>Runs an action on one of the threads, one at a time for each file.</summary>
    public static Task RunAsync(
        this SqliteScheduler threads,
        Action run,
        string? lockedFile,
        CancellationToken cancellationToken
    ) =>
        threads.RunAsync(
            () =>
            {
                run();
                return true;
            },
            lockedFile,
            cancellationToken
        );

    /// <summary>Reads on a connection that cannot write. Cancellation stops a statement that is running.</summary>
    public static Task<T> ReadAsync<T>(
        this SqliteScheduler threads,
        string databasePath,
        Func<SqliteConnection, T> read,
        CancellationToken cancellationToken
    ) =>
        threads.RunAsync(
            () =>
            {
                using var connection = SqliteConnections.OpenForQueries(databasePath);
                return Read(connection, read, cancellationToken);
            },
            cancellationToken
        );

    /// <summary>Writes in one transaction, which is durable when the task completes.</summary>
    public static Task<T> WriteAsync<T>(
        this SqliteScheduler threads,
        string databasePath,
        Func<SqliteConnection, T> write,
        CancellationToken cancellationToken
    ) =>
        threads.RunAsync(
            () =>
            {
                using var connection = SqliteConnections.OpenForWrites(databasePath);
                // Immediate: no other process writes until it ends.
                using var transaction = connection.BeginTransaction();
                var result = write(connection);
                transaction.Commit();
                return result;
            },
            databasePath,
            cancellationToken
        );

    private static T Read<T>(
        SqliteConnection connection,
        Func<SqliteConnection, T> read,
        CancellationToken cancellationToken
    )
    {
        using var interrupt = cancellationToken.UnsafeRegister(
            static state => raw.sqlite3_interrupt((sqlite3)state!),
            connection.Handle
        );
        try
        {
            return read(connection);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
    }
}

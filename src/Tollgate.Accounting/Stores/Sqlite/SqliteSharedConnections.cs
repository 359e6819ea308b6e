using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Tollgate.Accounting.Stores.Sql;
using Tollgate.Accounting.Stores.Sqlite.Scheduling;

namespace Tollgate.Accounting.Stores.Sqlite;

/// <summary>
/// The ledger's SQLite file as a database that statements common to all databases run on. SQLite has no asynchronous
/// calls: the work completes on a thread for them.
/// </summary>
/// <param name="options">The ledger.</param>
/// <param name="reads">The threads for reads.</param>
internal sealed class SqliteSharedConnections(LedgerOptions options, SqliteScheduler reads) : ISqlConnections
{
    /// <inheritdoc/>
    public Task<T> RunAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken) =>
        TranslateAsync(
            reads.RunAsync(
                () =>
                {
                    using var connection = SqliteConnections.OpenForQueries(options.DatabasePath);
                    return work(connection).GetAwaiter().GetResult();
                },
                cancellationToken
            )
        );

    /// <inheritdoc/>
    public Task<T> RunTransactionAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken) =>
        TranslateAsync(
            SqliteThreads.Changes.WriteAsync(
                options.DatabasePath,
                connection => work(connection).GetAwaiter().GetResult(),
                cancellationToken
            )
        );

    /// <summary>Problems of the file and the disk are reported as a server's are; others are bugs.</summary>
    private async Task<T> TranslateAsync<T>(Task<T> work)
    {
        try
        {
            return await work;
        }
        catch (SqliteException exception) when (IsUnavailable(exception.SqliteErrorCode))
        {
            throw new LedgerUnavailableException(
                $"'{options.DatabasePath}' is unavailable: {exception.Message.TrimEnd('.')}. Check that the file "
                    + "exists and may be written, and that the disk has space. The same call may be repeated safely.",
                exception
            );
        }
    }

    private static bool IsUnavailable(int code) =>
        code
            is raw.SQLITE_BUSY
                or raw.SQLITE_LOCKED
                or raw.SQLITE_NOMEM
                or raw.SQLITE_READONLY
                or raw.SQLITE_IOERR
                or raw.SQLITE_CORRUPT
                or raw.SQLITE_FULL
                or raw.SQLITE_CANTOPEN
                or raw.SQLITE_NOTADB;
}

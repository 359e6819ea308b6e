using System.Data.Common;
using Tollgate.Accounting.Stores.Sql;

namespace Tollgate.Accounting.Stores.Sqlite;

/// <summary>
/// The ledger's SQLite file as a database that statements common to all databases run on. SQLite has no asynchronous
/// calls: the work completes on a thread for them.
/// </summary>
internal sealed class SqliteSharedConnections(LedgerOptions options) : ISqlConnections
{
    /// <inheritdoc/>
    public Task<T> RunAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken) =>
        SqliteThreads.Queries.RunAsync(
            () =>
            {
                using var connection = SqliteConnections.OpenForQueries(options.DatabasePath);
                return work(connection).GetAwaiter().GetResult();
            },
            cancellationToken
        );

    /// <inheritdoc/>
    public Task<T> RunTransactionAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken) =>
        SqliteThreads.Changes.WriteAsync(
            options.DatabasePath,
            connection => work(connection).GetAwaiter().GetResult(),
            cancellationToken
        );
}

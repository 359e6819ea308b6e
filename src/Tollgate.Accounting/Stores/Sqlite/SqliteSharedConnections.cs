using System.Data.Common;
using Tollgate.Accounting.Stores.Sql;

namespace Tollgate.Accounting.Stores.Sqlite;

/// <summary>The ledger's SQLite file as a database that statements common to all databases run on.</summary>
internal sealed class SqliteSharedConnections(LedgerOptions options) : ISqlConnections
{
    /// <summary>Runs work on a connection of its own, off the caller's thread.</summary>
    public Task<T> RunAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken) =>
        Task.Run(
            async () =>
            {
                using var connection = SqliteConnections.OpenForWrites(options.DatabasePath);
                return await work(connection);
            },
            cancellationToken
        );
}

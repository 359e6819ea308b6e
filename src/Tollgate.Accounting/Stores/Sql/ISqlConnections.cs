using System.Data.Common;

namespace Tollgate.Accounting.Stores.Sql;

/// <summary>A server's connections.</summary>
public interface ISqlConnections
{
    /// <summary>Runs work on a connection; all of it may be repeated after the connection was lost.</summary>
    /// <exception cref="LedgerUnavailableException">The database is currently unavailable.</exception>
    /// <exception cref="LedgerSchemaException">It has no schema.</exception>
    Task<T> RunAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken);

    /// <summary>
    /// Runs work in one transaction; all of it is repeated after a conflict with another transaction.
    /// </summary>
    /// <exception cref="LedgerUnavailableException">The database is currently unavailable.</exception>
    /// <exception cref="LedgerSchemaException">It has no schema.</exception>
    Task<T> RunTransactionAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken);
}

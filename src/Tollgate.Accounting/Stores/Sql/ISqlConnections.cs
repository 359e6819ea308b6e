using System.Data.Common;

namespace Tollgate.Accounting.Stores.Sql;

/// <summary>A server's connections.</summary>
public interface ISqlConnections
{
    /// <summary>Runs work on one; after the loss of a connection all of it may be done again.</summary>
    /// <exception cref="LedgerUnavailableException">The database cannot be used now.</exception>
    /// <exception cref="LedgerSchemaException">It has no schema.</exception>
    Task<T> RunAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellation);
}

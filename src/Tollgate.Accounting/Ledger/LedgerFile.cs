using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Sqlite;

namespace Tollgate.Accounting.Ledger;

/// <summary>The local database of a ledger that another process created.</summary>
internal static class LedgerFile
{
    /// <exception cref="FileNotFoundException">There is no ledger in the folder.</exception>
    /// <exception cref="LedgerSchemaException">The database is of another version of Tollgate.</exception>
    public static void Require(LedgerOptions options)
    {
        if (!File.Exists(options.DatabasePath))
            throw new FileNotFoundException(
                $"There is no ledger in '{options.DataFolder}' ({options.DatabaseFile} is missing). "
                    + "Specify its folder with --data, or start the gateway once.",
                options.DatabasePath
            );
        using var connection = SqliteConnections.OpenForQueries(options.DatabasePath);
        SqliteMigrations.RequireCurrent(connection);
    }
}

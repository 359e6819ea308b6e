using System.Data;
using MySqlConnector;

namespace Tollgate.Accounting.MySql.Connections;

/// <summary>
/// The lock for creating tables: it belongs to the connection, and ends with it or with <see cref="ReleaseAsync"/>.
/// </summary>
internal static class MySqlSchemaLock
{
    /// <summary>Lock names are shared by all databases of a server, and have at most 64 characters.</summary>
    private const string Name = "CONCAT('tollgate:', MD5(DATABASE()))";

    /// <summary>One hour: longer than any migration. The servers differ in the syntax for no limit.</summary>
    private const int MaxWaitSeconds = 3600;

    public static async Task TakeAsync(MySqlConnection connection, CancellationToken cancellationToken)
    {
        if (await connection.NumberAsync($"SELECT GET_LOCK({Name}, {MaxWaitSeconds})", cancellationToken) != 1)
            throw new TimeoutException("another process has been migrating the ledger for more than an hour");
    }

    public static async Task ReleaseAsync(MySqlConnection connection)
    {
        // A broken connection has lost its locks.
        if (connection.State == ConnectionState.Open)
            await connection.NumberAsync($"SELECT RELEASE_LOCK({Name})", CancellationToken.None);
    }
}

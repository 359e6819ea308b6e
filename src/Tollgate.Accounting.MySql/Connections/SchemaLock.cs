using System.Data;
using MySql.Data.MySqlClient;

namespace Tollgate.Accounting.MySql.Connections;

/// <summary>
/// The one lock under which tables come: it is the connection's, and ends with it or with <see cref="ReleaseAsync"/>.
/// </summary>
internal static class SchemaLock
{
    /// <summary>Locks are names that all databases of a server share, of 64 characters at most.</summary>
    private const string Name = "CONCAT('tollgate:', MD5(DATABASE()))";

    /// <summary>An hour: longer than any migration. No limit at all is written differently on each server.</summary>
    private const int MostSeconds = 3600;

    public static async Task TakeAsync(MySqlConnection connection, CancellationToken cancellation)
    {
        if (await connection.NumberAsync($"SELECT GET_LOCK({Name}, {MostSeconds})", cancellation) != 1)
            throw new TimeoutException("another process has been migrating the ledger for an hour");
    }

    public static async Task ReleaseAsync(MySqlConnection connection)
    {
        // A connection that is broken has lost its locks.
        if (connection.State == ConnectionState.Open)
            await connection.NumberAsync($"SELECT RELEASE_LOCK({Name})", CancellationToken.None);
    }
}

using System.Globalization;
using MySqlConnector;

namespace Tollgate.Accounting.MySql.Connections;

/// <summary>Configures a connection before it is used, regardless of the server's defaults.</summary>
internal static class MySqlSession
{
    /// <summary>
    /// Strict, so that nothing is silently truncated or rounded into a column; names in double quotes are texts; a
    /// backslash escapes, as the driver's parameters require.
    /// </summary>
    private const string Modes =
        "SET SESSION sql_mode = 'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION', time_zone = "
        + "'+00:00', innodb_lock_wait_timeout = 15, max_sort_length = 8192, autocommit = 1";

    /// <summary>
    /// READ COMMITTED: under REPEATABLE READ, reading identities locks the gaps between them, where other writers
    /// insert, so that unrelated writers would block one another. Everything that must not change is locked by its own
    /// row.
    /// </summary>
    private const string Isolation = "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED";

    public static Task PrepareAsync(MySqlConnection connection, CancellationToken cancellationToken) =>
        connection.RunAsync($"{Modes}, {TimeLimit(connection, milliseconds: 0)}; {Isolation}", cancellationToken);

    /// <summary>Sets a time limit enforced by the server, and prevents statements from writing.</summary>
    public static async Task PrepareForUserAsync(
        MySqlConnection connection,
        TimeSpan timeout,
        CancellationToken cancellationToken
    )
    {
        await PrepareAsync(connection, cancellationToken);
        var milliseconds = Math.Clamp((long)Math.Ceiling(timeout.TotalMilliseconds), 1, int.MaxValue);
        await connection.RunAsync(
            $"SET SESSION {TimeLimit(connection, milliseconds)}; SET SESSION TRANSACTION READ ONLY; START TRANSACTION "
                + "READ ONLY",
            cancellationToken
        );
    }

    /// <summary>MariaDB uses seconds, MySQL milliseconds; 0 means no limit.</summary>
    private static string TimeLimit(MySqlConnection connection, long milliseconds) =>
        connection.ServerVersion.Contains("MariaDB", StringComparison.OrdinalIgnoreCase)
            ? string.Create(CultureInfo.InvariantCulture, $"max_statement_time = {milliseconds / 1000m}")
            : string.Create(CultureInfo.InvariantCulture, $"max_execution_time = {milliseconds}");
}

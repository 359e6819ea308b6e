using System.Globalization;
using MySql.Data.MySqlClient;

namespace Tollgate.Accounting.MySql.Connections;

/// <summary>What a connection is set to before it is used, whatever the server's defaults are.</summary>
internal static class MySqlSession
{
    /// <summary>
    /// Strict, so that nothing is cut or rounded into a column in silence; names in double quotes are texts; a
    /// backslash escapes, on which the driver's parameters rely.
    /// </summary>
    private const string Modes =
        "SET SESSION sql_mode = 'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION', time_zone = "
        + "'+00:00', "
        + "innodb_lock_wait_timeout = 15, max_sort_length = 8192, autocommit = 1";

    /// <summary>
    /// READ COMMITTED: under REPEATABLE READ a look for identities locks the gaps between them, where other writers
    /// book, so that writers who share nothing would block one another. What must not change is locked by its own row.
    /// </summary>
    private const string Isolation = "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED";

    public static async Task PrepareAsync(MySqlConnection connection, CancellationToken cancellation)
    {
        await connection.RunAsync($"{Modes}, {TimeLimit(connection, milliseconds: 0)}", cancellation);
        await connection.RunAsync(Isolation, cancellation);
    }

    /// <summary>A time limit that the server holds, and no statement that writes tables.</summary>
    public static async Task PrepareForUserAsync(
        MySqlConnection connection,
        TimeSpan timeout,
        CancellationToken cancellation
    )
    {
        await PrepareAsync(connection, cancellation);
        var milliseconds = Math.Clamp((long)Math.Ceiling(timeout.TotalMilliseconds), 1, int.MaxValue);
        await connection.RunAsync($"SET SESSION {TimeLimit(connection, milliseconds)}", cancellation);
        await connection.RunAsync("SET SESSION TRANSACTION READ ONLY", cancellation);
        await connection.RunAsync("START TRANSACTION READ ONLY", cancellation);
    }

    /// <summary>MariaDB counts in seconds, MySQL in milliseconds; 0 is no limit.</summary>
    private static string TimeLimit(MySqlConnection connection, long milliseconds) =>
        connection.ServerVersion.Contains("MariaDB", StringComparison.OrdinalIgnoreCase)
            ? string.Create(CultureInfo.InvariantCulture, $"max_statement_time = {milliseconds / 1000m}")
            : string.Create(CultureInfo.InvariantCulture, $"max_execution_time = {milliseconds}");
}

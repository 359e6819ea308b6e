using Npgsql;

namespace Tollgate.Accounting.PostgreSql.Connections;

/// <summary>
/// The lock for creating and dropping tables: migrations, new months, dropped months. It ends with its transaction.
/// </summary>
internal static class PostgreSqlSchemaLock
{
    /// <summary>"tollgate" in ASCII. Advisory locks are numbers shared by all programs on a database.</summary>
    private const long Key = 0x746F6C6C67617465;

    public static Task TakeAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        connection.RunWithoutTimeoutAsync($"SELECT pg_advisory_xact_lock({Key})", cancellationToken);
}

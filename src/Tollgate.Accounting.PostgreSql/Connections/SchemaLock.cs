using Npgsql;

namespace Tollgate.Accounting.PostgreSql.Connections;

/// <summary>
/// The one lock under which tables come and go: migrations, new months, dropped months. It ends with its transaction.
/// </summary>
internal static class SchemaLock
{
    /// <summary>"tollgate" in ASCII. Advisory locks are numbers that all programs on a database share.</summary>
    private const long Key = 0x746F6C6C67617465;

    public static Task TakeAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        connection.RunPatientlyAsync($"SELECT pg_advisory_xact_lock({Key})", cancellation);
}

using Npgsql;
using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.PostgreSql.Connections;

/// <summary>The URL format of a database.</summary>
internal static class PostgreSqlUrl
{
    private static readonly ServerUrlParser Parser = new()
    {
        Product = "PostgreSQL",
        Example = "postgres://user:password@host:5432/database?sslmode=require",
        Schemes = ["postgres", "postgresql"],
        // The libpq settings that the driver supports, by their libpq names.
        Settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["user"] = "Username",
            ["password"] = "Password",
            ["sslmode"] = "SSL Mode",
            ["sslrootcert"] = "Root Certificate",
            ["sslcert"] = "SSL Certificate",
            ["sslkey"] = "SSL Key",
            ["application_name"] = "Application Name",
            ["connect_timeout"] = "Timeout",
            ["search_path"] = "Search Path",
            ["options"] = "Options",
            ["command_timeout"] = "Command Timeout",
            ["pool_size"] = "Maximum Pool Size",
        },
        // libpq uses verify-full, the driver VerifyFull.
        TlsMode = static mode => mode.Replace("-", "", StringComparison.Ordinal),
    };

    public static IReadOnlyList<string> Schemes => Parser.Schemes;

    public static bool IsUrl(string connection) => Parser.IsUrl(connection);

    /// <exception cref="FormatException">The URL is invalid.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string url) =>
        Parser.Read(url, new NpgsqlConnectionStringBuilder());
}

using MySqlConnector;
using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.MySql.Connections;

/// <summary>The URL format of a database.</summary>
internal static class MySqlUrl
{
    private static readonly ServerUrlParser Parser = new()
    {
        Product = "MySQL",
        Example = "mysql://user:password@host:3306/database?sslmode=require",
        Schemes = ["mysql", "mariadb"],
        Settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["user"] = "User ID",
            ["password"] = "Password",
            ["sslmode"] = "SSL Mode",
            ["sslca"] = "SSL CA",
            ["sslcert"] = "SSL Cert",
            ["sslkey"] = "SSL Key",
            ["connect_timeout"] = "Connection Timeout",
            ["command_timeout"] = "Default Command Timeout",
            ["pool_size"] = "Maximum Pool Size",
            ["allow_public_key_retrieval"] = "Allow Public Key Retrieval",
        },
        // As named by the servers' own programs.
        TlsMode = static mode =>
            mode.ToUpperInvariant() switch
            {
                "DISABLE" or "DISABLED" => "Disabled",
                "PREFER" or "PREFERRED" => "Preferred",
                "REQUIRE" or "REQUIRED" => "Required",
                "VERIFY-CA" or "VERIFY_CA" => "VerifyCA",
                "VERIFY-FULL" or "VERIFY_IDENTITY" => "VerifyFull",
                _ => null,
            },
    };

    public static IReadOnlyList<string> Schemes => Parser.Schemes;

    public static bool IsUrl(string connection) => Parser.IsUrl(connection);

    /// <exception cref="FormatException">The URL is invalid.</exception>
    public static MySqlConnectionStringBuilder Parse(string url) =>
        Parser.Read(url, new MySqlConnectionStringBuilder());
}

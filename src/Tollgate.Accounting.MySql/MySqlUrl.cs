using System.Globalization;
using MySql.Data.MySqlClient;

namespace Tollgate.Accounting.MySql;

/// <summary>
/// Reads <c>mysql://user:password@host:port/database?sslmode=require</c>. Written by hand, because <see cref="Uri"/>
/// takes an unescaped character of a password for the host's, and because no message may show what could be a password:
/// only the names of parts are in it.
/// </summary>
internal static class MySqlUrl
{
    public static readonly IReadOnlyList<string> Schemes = ["mysql", "mariadb"];

    /// <summary>The settings that are understood, and what each is called by the driver.</summary>
    private static readonly Dictionary<string, string> Settings = new(StringComparer.Ordinal)
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
    };

    /// <summary>What the servers' own programs call the modes of TLS.</summary>
    private static readonly Dictionary<string, string> Modes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["disable"] = "Disabled",
        ["disabled"] = "Disabled",
        ["prefer"] = "Preferred",
        ["preferred"] = "Preferred",
        ["require"] = "Required",
        ["required"] = "Required",
        ["verify-ca"] = "VerifyCA",
        ["verify_ca"] = "VerifyCA",
        ["verify-full"] = "VerifyFull",
        ["verify_identity"] = "VerifyFull",
    };

    public static bool IsUrl(string connection) =>
        Schemes.Any(scheme => connection.StartsWith(scheme + "://", StringComparison.OrdinalIgnoreCase));

    /// <exception cref="FormatException">The URL is not one.</exception>
    public static MySqlConnectionStringBuilder Parse(string url)
    {
        var rest = url[(url.IndexOf("://", StringComparison.Ordinal) + 3)..];
        var end = rest.IndexOfAny(['/', '?', '#']);
        var (authority, tail) = end < 0 ? (rest, "") : (rest[..end], rest[end..]);
        // Otherwise the first half of a password would be taken for the host, and be shown as such.
        if (tail.Contains('@'))
            throw Bad("there is an '@' behind the host. In the user, the password and the settings write %40 for @, %2F for /, %3F for ? and %23 for #");
        if (tail.Contains('#')) throw Bad("it has a '#'. Write %23 for it");
        var settings = new MySqlConnectionStringBuilder();
        ReadAuthority(authority, settings);
        var question = tail.IndexOf('?');
        ReadDatabase(question < 0 ? tail : tail[..question], settings);
        if (question >= 0) ReadSettings(tail[(question + 1)..], settings);
        return settings;
    }

    private static void ReadAuthority(string authority, MySqlConnectionStringBuilder settings)
    {
        var at = authority.LastIndexOf('@');
        if (at >= 0) ReadLogin(authority[..at], settings);
        ReadHost(authority[(at + 1)..], settings);
    }

    private static void ReadLogin(string login, MySqlConnectionStringBuilder settings)
    {
        var colon = login.IndexOf(':');
        settings.UserID = Decode(colon < 0 ? login : login[..colon], "user");
        if (colon >= 0) settings.Password = Decode(login[(colon + 1)..], "password");
    }

    private static void ReadHost(string host, MySqlConnectionStringBuilder settings)
    {
        // An IPv6 address stands in brackets, since it has colons of its own.
        var colon = host.IndexOf(':', Math.Max(host.LastIndexOf(']'), 0));
        var name = colon < 0 ? host : host[..colon];
        settings.Server = Decode(name.StartsWith('[') ? name.Trim('[', ']') : name, "host");
        if (string.IsNullOrEmpty(settings.Server)) throw Bad("it names no host");
        if (colon >= 0) settings.Port = (uint)ReadPort(host[(colon + 1)..]);
    }

    private static int ReadPort(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
            ? port
            : throw Bad("the port behind the host is not a number from 1 to 65535");

    private static void ReadDatabase(string path, MySqlConnectionStringBuilder settings)
    {
        if (path.Length > 1) settings.Database = Decode(path[1..], "database");
        else throw Bad("it names no database");
    }

    private static void ReadSettings(string query, MySqlConnectionStringBuilder settings)
    {
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            if (!Settings.TryGetValue(parts[0], out var name))
                throw Bad($"it has a setting that is not known. Known are {string.Join(", ", Settings.Keys)}");
            Set(settings, parts[0], name, Decode(parts.Length < 2 ? "" : parts[1], parts[0]));
        }
    }

    private static void Set(MySqlConnectionStringBuilder settings, string written, string name, string value)
    {
        try
        {
            settings[name] = written != "sslmode" ? value : Modes.TryGetValue(value, out var mode) ? mode : throw new FormatException();
        }
        catch (Exception refusal) when (IsRefusedSetting(refusal))
        {
            // Without the driver's own exception, which may quote the value.
            throw Bad($"the value of {written} is not one that MySQL's driver knows");
        }
    }

    /// <summary>Whether it is how the driver refuses a setting.</summary>
    public static bool IsRefusedSetting(Exception refusal) =>
        refusal is ArgumentException or FormatException or OverflowException or InvalidCastException or KeyNotFoundException or MySqlException;

    private static string Decode(string text, string part)
    {
        for (var at = text.IndexOf('%', StringComparison.Ordinal); at >= 0; at = text.IndexOf('%', at + 1))
        {
            if (at + 2 >= text.Length || !char.IsAsciiHexDigit(text[at + 1]) || !char.IsAsciiHexDigit(text[at + 2]))
                throw Bad($"in the {part} a '%' is not followed by two hexadecimal digits. Write %25 for a percent sign");
        }

        return Uri.UnescapeDataString(text);
    }

    private static FormatException Bad(string problem) =>
        new($"The MySQL URL cannot be read: {problem}. It looks like mysql://user:password@host:3306/database?sslmode=require.");
}

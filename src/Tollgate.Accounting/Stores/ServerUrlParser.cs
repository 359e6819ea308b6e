using System.Data.Common;
using System.Globalization;

namespace Tollgate.Accounting.Stores;

/// <summary>
/// Parses <c>scheme://user:password@host:port/database?setting=value</c> into the settings of a database driver, for
/// store implementations. Written by hand, because <see cref="Uri"/> would take unescaped characters of a password for
/// the host, and because no message may show a possible password: messages contain only the names of parts.
/// </summary>
public sealed class ServerUrlParser
{
    /// <summary>The product's name, for messages.</summary>
    public required string Product { get; init; }

    /// <summary>An example URL, for messages.</summary>
    public required string Example { get; init; }

    /// <summary>The supported schemes before <c>://</c>.</summary>
    public required IReadOnlyList<string> Schemes { get; init; }

    /// <summary>
    /// The supported settings after <c>?</c> with the driver's name for each; includes <c>user</c> and <c>password</c>.
    /// </summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>Returns the driver's name for a value of <c>sslmode</c>; null if it is not supported.</summary>
    public required Func<string, string?> TlsMode { get; init; }

    /// <summary>True if a text is such a URL rather than the driver's own connection string.</summary>
    public bool IsUrl(string connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return Schemes.Any(scheme => connection.StartsWith(scheme + "://", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Applies a URL to the settings of a driver.</summary>
    /// <exception cref="FormatException">The URL is invalid; the message names the part without showing its
    /// contents.</exception>
    public T Read<T>(string url, T settings)
        where T : DbConnectionStringBuilder
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(settings);
        var rest = url[(url.IndexOf("://", StringComparison.Ordinal) + 3)..];
        var end = rest.IndexOfAny(['/', '?', '#']);
        var (authority, tail) = end < 0 ? (rest, "") : (rest[..end], rest[end..]);
        // Otherwise the first half of a password would be taken for the host, and shown in messages.
        if (tail.Contains('@'))
            throw CreateException(
                "it contains an '@' after the host. In the user, the password and the settings, write %40 for @, %2F "
                    + "for /, %3F for ? and %23 for #"
            );
        if (tail.Contains('#'))
            throw CreateException("it contains a '#'. Write %23 instead");
        ReadAuthority(authority, settings);
        var question = tail.IndexOf('?');
        ReadDatabase(question < 0 ? tail : tail[..question], settings);
        if (question >= 0)
            ReadSettings(tail[(question + 1)..], settings);
        return settings;
    }

    /// <summary>
    /// True if an exception is the driver's rejection of a setting. Its message may quote the value, so it is not
    /// passed on.
    /// </summary>
    public static bool IsInvalidSetting(Exception refusal) =>
        refusal
            is ArgumentException
                or FormatException
                or OverflowException
                or InvalidCastException
                or KeyNotFoundException
                or DbException;

    private void ReadAuthority(string authority, DbConnectionStringBuilder settings)
    {
        var at = authority.LastIndexOf('@');
        if (at >= 0)
            ReadLogin(authority[..at], settings);
        ReadHost(authority[(at + 1)..], settings);
    }

    private void ReadLogin(string login, DbConnectionStringBuilder settings)
    {
        var colon = login.IndexOf(':');
        settings[Settings["user"]] = Decode(colon < 0 ? login : login[..colon], "user");
        if (colon >= 0)
            settings[Settings["password"]] = Decode(login[(colon + 1)..], "password");
    }

    private void ReadHost(string host, DbConnectionStringBuilder settings)
    {
        // An IPv6 address is in brackets, since it contains colons.
        var colon = host.IndexOf(':', Math.Max(host.LastIndexOf(']'), 0));
        var written = colon < 0 ? host : host[..colon];
        var name = Decode(written.StartsWith('[') ? written.Trim('[', ']') : written, "host");
        settings["Host"] = name.Length > 0 ? name : throw CreateException("it does not contain a host");
        if (colon >= 0)
            settings["Port"] = ReadPort(host[(colon + 1)..]);
    }

    private int ReadPort(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
            ? port
            : throw CreateException("the port must be a number from 1 to 65535");

    private void ReadDatabase(string path, DbConnectionStringBuilder settings)
    {
        if (path.Length > 1)
            settings["Database"] = Decode(path[1..], "database");
        else
            throw CreateException("it does not contain a database name");
    }

    private void ReadSettings(string query, DbConnectionStringBuilder settings)
    {
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            if (!Settings.TryGetValue(parts[0], out var name))
                throw CreateException(
                    $"it contains an unknown setting. Supported settings: {string.Join(", ", Settings.Keys)}"
                );
            Set(settings, parts[0], name, Decode(parts.Length < 2 ? "" : parts[1], parts[0]));
        }
    }

    private void Set(DbConnectionStringBuilder settings, string written, string name, string value)
    {
        try
        {
            settings[name] = written == "sslmode" ? TlsMode(value) ?? throw new FormatException() : value;
        }
        catch (Exception refusal) when (IsInvalidSetting(refusal))
        {
            throw CreateException($"the {Product} driver does not support the value of {written}");
        }
    }

    private string Decode(string text, string part)
    {
        for (var at = text.IndexOf('%', StringComparison.Ordinal); at >= 0; at = text.IndexOf('%', at + 1))
        {
            if (at + 2 >= text.Length || !char.IsAsciiHexDigit(text[at + 1]) || !char.IsAsciiHexDigit(text[at + 2]))
                throw CreateException(
                    $"in the {part} a '%' is not followed by two hexadecimal digits. Write %25 for a percent sign"
                );
        }

        return Uri.UnescapeDataString(text);
    }

    private FormatException CreateException(string problem) =>
        new($"The {Product} URL is invalid: {problem}. Example: {Example}.");
}

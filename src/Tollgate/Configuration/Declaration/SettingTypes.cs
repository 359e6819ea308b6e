using System.Globalization;
using Tollgate.Accounting.Stores;
using Tollgate.Delivery.Alerts.Smtp;
using Tollgate.Operations.Problems;

namespace Tollgate.Configuration.Declaration;

/// <summary>The types of single values.</summary>
internal static class SettingTypes
{
    public static readonly SettingType<string> Text = new("text", "a text", ReadText, static text => text);

    public static readonly SettingType<string> Path = new("path", "a path", ReadPath, static path => path);

    public static readonly SettingType<bool> Boolean = new(
        "true or false",
        "true or false",
        ReadBoolean,
        static value => value ? "true" : "false"
    )
    {
        JsonType = "boolean",
    };

    /// <summary>Like <see cref="Boolean"/>, but without a default.</summary>
    public static readonly SettingType<bool?> Flag = new(
        Boolean.Name,
        Boolean.Expected,
        ReadFlag,
        static value => Boolean.Write(value!.Value)
    )
    {
        JsonType = "boolean",
    };

    public static readonly SettingType<ulong> Seed = new(
        "number",
        "a whole number of at least 0",
        static (text, _, out value) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value),
        static value => value.ToString(CultureInfo.InvariantCulture)
    )
    {
        JsonType = "integer",
    };

    public static readonly SettingType<TimeSpan> Duration = new(
        "duration",
        "a duration with its unit (ms, s, m, h), such as 250ms, 30s or 5m, above 0 and up to 24h",
        DurationText.TryRead,
        DurationText.Write
    );

    /// <summary>LiteLLM's durations: a plain number of seconds.</summary>
    public static readonly SettingType<TimeSpan> Seconds = new(
        "seconds",
        "a number of seconds above 0 and up to 86400",
        DurationText.TryReadSeconds,
        static value => value.TotalSeconds.ToString(CultureInfo.InvariantCulture)
    )
    {
        JsonType = "number",
    };

    public static readonly SettingType<long> Size = new(
        "size",
        "a size with its unit (B, KB, MB, GB, KiB, MiB, GiB), such as 512MiB",
        SizeText.TryRead,
        SizeText.Write
    );

    /// <summary>A retention period.</summary>
    public static readonly SettingType<TimeSpan> Days = new(
        "days",
        "a number of days from 1d to 36500d, such as 30d",
        ReadDays,
        static value => string.Create(CultureInfo.InvariantCulture, $"{value.TotalDays:0}d")
    );

    public static readonly SettingType<decimal> Money = new(
        "amount",
        "an amount in USD of at least 0, such as 10.00",
        ReadMoney,
        static value => value.ToString(CultureInfo.InvariantCulture)
    )
    {
        JsonType = "number",
    };

    public static readonly SettingType<Uri> Address = new(
        "address",
        "an address such as https://api.example.com/v1",
        ReadAddress,
        static address => address.OriginalString
    );

    /// <summary>A database URL. It may contain a password, so it is never printed.</summary>
    public static readonly SettingType<string> DatabaseUrl = new(
        "database URL",
        "the URL of a database, such as postgres://user@host/name or sqlite:///path/to/ledger.db",
        ReadDatabaseUrl,
        static _ => "(a URL)"
    );

    /// <summary>A text that is never printed.</summary>
    public static readonly SettingType<string> Secret = new("secret", "a secret", ReadText, static _ => "(a secret)");

    /// <summary>An email address.</summary>
    public static readonly SettingType<string> Email = new(
        "email address",
        "an email address such as ann@example.com or Ann <ann@example.com>",
        static (text, _, out value) => Mailbox.IsValid(value = text.Trim()),
        static value => value
    );

    public static readonly SettingType<string> ListenAddress = new(
        "address",
        "an address to listen on, such as http://127.0.0.1:8000",
        ReadListenAddress,
        static address => address
    );

    /// <summary>An IP address or a network.</summary>
    public static readonly SettingType<string> Network = new(
        "network",
        "an IP address or a network, such as 10.0.0.7 or 10.0.0.0/8",
        static (text, _, out value) => NetworkText.TryParse(value = text.Trim(), out var _),
        static value => value
    );

    /// <summary>The origin of a site.</summary>
    public static readonly SettingType<string> Origin = new(
        "origin",
        "the origin of a site: scheme, host, and port without a path, such as https://app.example.com",
        static (text, _, out value) => TryReadOrigin(value = text.Trim()),
        static value => value
    );

    /// <summary>The beginning of all paths behind a proxy.</summary>
    public static readonly SettingType<string> PathBase = new(
        "path",
        "a path that begins with / and does not end with it, such as /tollgate",
        static (text, _, out value) => TryReadPathBase(value = text.Trim()),
        static value => value
    );

    /// <summary>The kinds of entries that the registry can be required to contain.</summary>
    public static readonly SettingType<string> Requirement = Choice(RegistryRequirementNames.All);

    /// <summary>The failures that a recorded call survives.</summary>
    public static readonly SettingType<LedgerDurability> Durability = Choice(
        ("strict", LedgerDurability.Strict),
        ("process", LedgerDurability.Process)
    );

    public static SettingType<long> Integer(long from, long to) =>
        new(
            "number",
            string.Create(CultureInfo.InvariantCulture, $"a whole number from {from} to {to}"),
            (text, _, out value) =>
                long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
                && value >= from
                && value <= to,
            static value => value.ToString(CultureInfo.InvariantCulture)
        )
        {
            JsonType = "integer",
        };

    /// <summary>A size with an upper bound.</summary>
    public static SettingType<long> SizeUpTo(long max) =>
        new(
            "size",
            $"a size with its unit, up to {SizeText.Write(max)}, such as 64KiB",
            (text, folder, out value) => SizeText.TryRead(text, folder, out value) && value <= max,
            SizeText.Write
        );

    /// <summary>One of a set of texts.</summary>
    public static SettingType<string> Choice(string[] texts) => Choice(texts, texts);

    public static SettingType<T> Choice<T>(params (string Text, T Value)[] choices)
    {
        // Plain loops: every command declares these types at startup, and generic queries over them would each be
        // JIT-compiled.
        var texts = new string[choices.Length];
        var values = new T[choices.Length];
        for (var i = 0; i < choices.Length; i++)
            (texts[i], values[i]) = choices[i];
        return Choice(texts, values);
    }

    private static SettingType<T> Choice<T>(string[] texts, T[] values) =>
        new(
            string.Join(" or ", texts),
            "one of " + string.Join(", ", texts),
            (text, _, out value) =>
                Array.IndexOf(texts, text) is var index and >= 0 ? Succeed(values[index], out value) : Fail(out value),
            value => texts[Array.IndexOf(values, value)]
        )
        {
            Choices = texts,
        };

    private static bool Succeed<T>(T found, out T value)
    {
        value = found;
        return true;
    }

    private static bool Fail<T>(out T value)
    {
        value = default!;
        return false;
    }

    private static bool ReadText(string text, string folder, out string value) =>
        Succeed(text, out value) && text.Trim().Length > 0;

    private static bool ReadDatabaseUrl(string text, string folder, out string url)
    {
        url = text.Trim();
        return url.IndexOf("://", StringComparison.Ordinal) > 0;
    }

    private static bool ReadPath(string text, string folder, out string value)
    {
        value = text;
        if (text.Trim().Length == 0 || text.Contains('\0'))
            return false;
        value = System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, text));
        return true;
    }

    private static bool ReadBoolean(string text, string folder, out bool value)
    {
        value = text.ToUpperInvariant() is "TRUE" or "YES" or "ON";
        return value || text.ToUpperInvariant() is "FALSE" or "NO" or "OFF";
    }

    private static bool ReadDays(string text, string folder, out TimeSpan value)
    {
        value =
            text.EndsWith('d')
            && int.TryParse(
                text.AsSpan(0, text.Length - 1),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var days
            )
            && days <= 36_500
                ? TimeSpan.FromDays(days)
                : TimeSpan.Zero;
        return value > TimeSpan.Zero;
    }

    private static bool ReadFlag(string text, string folder, out bool? value)
    {
        var isRead = ReadBoolean(text, folder, out var flag);
        value = flag;
        return isRead;
    }

    private static bool ReadMoney(string text, string folder, out decimal value) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value)
        && value <= 1_000_000_000;

    private static bool ReadAddress(string text, string folder, out Uri value) =>
        Uri.TryCreate(text, UriKind.Absolute, out value!) && value.Scheme is "http" or "https" && value.Host.Length > 0;

    private static bool ReadListenAddress(string text, string folder, out string value)
    {
        value = text;
        try
        {
            return BindingAddress.Parse(text) is { Scheme: "http" or "https", Port: >= 0 and <= 65535 };
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool TryReadOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri.Scheme is ("http" or "https")
        && uri.GetLeftPart(UriPartial.Authority).Equals(text, StringComparison.OrdinalIgnoreCase);

    private static bool TryReadPathBase(string text) =>
        text.Length > 1
        && text[0] == '/'
        && text[^1] != '/'
        && text.Split('/')
            .Skip(1)
            .All(static part =>
                part.Length > 0
                && part is not ("." or "..")
                && part.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or '~')
            );
}

namespace Tollgate.Accounting.Stores;

/// <summary>
/// The address of a ledger: <c>sqlite:///path</c>, or the URL of a server for which there is a factory.
/// </summary>
internal static class LedgerAddress
{
    private const string SqliteScheme = "sqlite://";

    /// <summary>Returns options for the ledger at a URL.</summary>
    /// <param name="url">The address. <c>sqlite://</c> is followed by the path of a file, or of a folder if it ends
    /// with a slash.</param>
    /// <param name="options">The base options; for a server, <see cref="LedgerOptions.DataFolder"/> holds the
    /// spool.</param>
    /// <param name="factories">The servers that the program supports.</param>
    /// <exception cref="FormatException">The address is invalid, or its scheme is not supported.</exception>
    public static LedgerOptions Apply(string url, LedgerOptions options, IReadOnlyList<ILedgerStoreFactory> factories)
    {
        if (url.StartsWith(SqliteScheme, StringComparison.OrdinalIgnoreCase))
            return ForFile(url[SqliteScheme.Length..], options);
        var scheme = url.Split("://")[0];
        var factory =
            factories.FirstOrDefault(factory => factory.Schemes.Contains(scheme, StringComparer.OrdinalIgnoreCase))
            ?? throw new FormatException(DescribeUnknownScheme(scheme, factories));
        return options with { Store = factory.Open(url) };
    }

    /// <summary>The path must be absolute; a fourth slash, which other tools require, is accepted too.</summary>
    private static LedgerOptions ForFile(string rest, LedgerOptions options)
    {
        var path = rest.StartsWith("//", StringComparison.Ordinal) ? rest[1..] : rest;
        if (path.Length < 2 || !path.StartsWith('/'))
            throw new FormatException(
                $"'{SqliteScheme}{rest}' does not contain an absolute path. Use sqlite:///path/to/ledger.db."
            );
        if (path.EndsWith('/') || System.IO.Directory.Exists(path))
            return options with { DataFolder = path };
        return options with { DataFolder = Path.GetDirectoryName(path)!, DatabaseFile = Path.GetFileName(path) };
    }

    private static string DescribeUnknownScheme(string scheme, IReadOnlyList<ILedgerStoreFactory> factories)
    {
        var known = string.Join(
            ", ",
            factories
                .SelectMany(static factory => factory.Schemes)
                .Prepend("sqlite")
                .Select(static name => name + "://")
        );
        return $"Ledgers at '{scheme}://' are not supported. Supported: {known}. When using the library, add the "
            + $"store's package and pass its factory.";
    }
}

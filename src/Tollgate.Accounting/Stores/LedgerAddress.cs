namespace Tollgate.Accounting.Stores;

/// <summary>
/// Where a ledger is, as one line: <c>sqlite:///path</c>, or the URL of a server for which there is a factory.
/// </summary>
internal static class LedgerAddress
{
    private const string Sqlite = "sqlite://";

    /// <summary>Options for a ledger at a URL.</summary>
    /// <param name="url">The address. After <c>sqlite://</c> stands the path of a file, or of a folder where it ends
    /// with a slash.</param>
    /// <param name="options">How it is opened; for a server, <see cref="LedgerOptions.DataFolder"/> holds the
    /// spool.</param>
    /// <param name="factories">The servers that the program knows.</param>
    /// <exception cref="FormatException">The address cannot be read, or is for a store that the program does not
    /// have.</exception>
    public static LedgerOptions Apply(string url, LedgerOptions options, IReadOnlyList<ILedgerStoreFactory> factories)
    {
        if (url.StartsWith(Sqlite, StringComparison.OrdinalIgnoreCase))
            return OfFile(url[Sqlite.Length..], options);
        var scheme = url.Split("://")[0];
        var factory =
            factories.FirstOrDefault(factory => factory.Schemes.Contains(scheme, StringComparer.OrdinalIgnoreCase))
            ?? throw new FormatException(Unknown(scheme, factories));
        return options with { Store = factory.Open(url) };
    }

    /// <summary>The path is absolute; a fourth slash, which other tools ask for, is taken too.</summary>
    private static LedgerOptions OfFile(string rest, LedgerOptions options)
    {
        var path = rest.StartsWith("//", StringComparison.Ordinal) ? rest[1..] : rest;
        if (path.Length < 2 || !path.StartsWith('/'))
            throw new FormatException($"'{Sqlite}{rest}' names no file: write sqlite:///path/to/ledger.db.");
        if (path.EndsWith('/') || System.IO.Directory.Exists(path))
            return options with { DataFolder = path };
        return options with { DataFolder = Path.GetDirectoryName(path)!, DatabaseFile = Path.GetFileName(path) };
    }

    private static string Unknown(string scheme, IReadOnlyList<ILedgerStoreFactory> factories)
    {
        var known = string.Join(
            ", ",
            factories
                .SelectMany(static factory => factory.Schemes)
                .Prepend("sqlite")
                .Select(static name => name + "://")
        );
        return $"There is no store for '{scheme}://' here; there is {known}. A library user adds the store's package "
            + $"and passes its factory.";
    }
}

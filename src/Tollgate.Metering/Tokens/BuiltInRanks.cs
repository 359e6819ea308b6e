namespace Tollgate.Metering.Tokens;

/// <summary>The rank tables that were part of the build. <c>eng/fetch-token-ranks.sh</c> puts them there.</summary>
internal static class BuiltInRanks
{
    private const string Folder = "Tollgate.Metering.Tokens.Ranks.";

    /// <summary>Whether the table was there when the library was built.</summary>
    public static bool Has(string encoding) =>
        typeof(BuiltInRanks).Assembly.GetManifestResourceInfo(Resource(encoding)) is not null;

    /// <summary>Reads a table: some ten milliseconds.</summary>
    public static RankTable Read(string encoding)
    {
        using var stream =
            typeof(BuiltInRanks).Assembly.GetManifestResourceStream(Resource(encoding))
            ?? throw new InvalidOperationException($"The ranks of {encoding} are not part of this build.");
        var table = new byte[stream.Length];
        stream.ReadExactly(table);
        return new RankTable(table);
    }

    private static string Resource(string encoding) => $"{Folder}{encoding}.ranks";
}

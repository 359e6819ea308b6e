namespace Tollgate.Metering.Tokens;

/// <summary>The rank tables that were included in the build. <c>eng/fetch-token-ranks.sh</c> downloads them.</summary>
internal static class BuiltInRanks
{
    private const string Folder = "Tollgate.Metering.Tokens.Ranks.";

    /// <summary>True if the table existed when the library was built.</summary>
    public static bool Has(string encoding) =>
        typeof(BuiltInRanks).Assembly.GetManifestResourceInfo(Resource(encoding)) is not null;

    /// <summary>Reads a table, which takes some ten milliseconds.</summary>
    public static RankTable Read(string encoding)
    {
        using var stream =
            typeof(BuiltInRanks).Assembly.GetManifestResourceStream(Resource(encoding))
            ?? throw new InvalidOperationException($"The rank table of {encoding} is not included in this build.");
        var table = new byte[stream.Length];
        stream.ReadExactly(table);
        return new RankTable(table);
    }

    private static string Resource(string encoding) => $"{Folder}{encoding}.ranks";
}

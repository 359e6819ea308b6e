namespace Tollgate.Metering.Tokens;

/// <summary>The embedded rank tables. <c>eng/RankTables</c> converts them when the library is built.</summary>
internal static class BuiltInRanks
{
    private const string Folder = "Tollgate.Metering.Tokens.Ranks.";

    /// <summary>Reads a table, which takes some ten milliseconds.</summary>
    public static RankTable Read(string encoding)
    {
        using var stream = typeof(BuiltInRanks).Assembly.GetManifestResourceStream($"{Folder}{encoding}.ranks")!;
        var table = new byte[stream.Length];
        stream.ReadExactly(table);
        return new RankTable(table);
    }
}

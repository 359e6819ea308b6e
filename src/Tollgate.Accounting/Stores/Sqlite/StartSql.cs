namespace Tollgate.Accounting.Stores.Sqlite;

/// <summary>
/// The start of a record as the indexes hold it: the text that users read and sort by as <c>datetime</c>. One such
/// index serves them and the ledger's own questions; a second one on the number would be written with every record. The
/// text is rounded to milliseconds, so it finds the records, and the number beside it decides.
/// </summary>
internal static class StartSql
{
    /// <summary>Earlier than every text of a time, and later.</summary>
    private const string Earliest = "''",
        Latest = "'a'";

    /// <summary>
    /// The start, as in the view and in the indexes: SQLite uses an index on an expression only for the very same one.
    /// </summary>
    public static readonly string Text = TextOf("started_at");

    /// <summary>The condition that a record started at a parameter's microseconds, or later.</summary>
    public static string From(string parameter) =>
        $"{Text} >= ifnull({TextOf(parameter)}, {Earliest}) AND started_at >= {parameter}";

    /// <summary>The condition that it started before.</summary>
    public static string Before(string parameter) =>
        $"{Text} <= ifnull({TextOf(parameter)}, {Latest}) AND started_at < {parameter}";

    /// <summary>
    /// Rounding keeps the order. A number beyond the years 0 to 9999 has no text; a bound may be one, a record cannot.
    /// </summary>
    private static string TextOf(string micros) => $"strftime('%Y-%m-%d %H:%M:%f', {micros} / 1000000.0, 'unixepoch')";
}

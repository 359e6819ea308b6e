namespace Tollgate.Accounting.Stores.Sqlite;

/// <summary>
/// The start of a record as stored in the indexes: the text that users read and sort by as <c>datetime</c>. One such
/// index serves users and the ledger's own queries; a second one on the number would be written with every record. The
/// text is rounded to milliseconds, so it finds the records, and the exact number decides.
/// </summary>
internal static class StartTimeSql
{
    /// <summary>Sorts before every text of a time, and after.</summary>
    private const string Earliest = "''",
        Latest = "'a'";

    /// <summary>
    /// The start, as in the view and in the indexes: SQLite uses an index on an expression only for exactly the same
    /// expression.
    /// </summary>
    public static readonly string TextColumn = ToText("started_at");

    /// <summary>The condition that a record started at or after a parameter's microseconds.</summary>
    public static string From(string parameter) =>
        $"{TextColumn} >= ifnull({ToText(parameter)}, {Earliest}) AND started_at >= {parameter}";

    /// <summary>The condition that it started before a parameter's microseconds.</summary>
    public static string Before(string parameter) =>
        $"{TextColumn} <= ifnull({ToText(parameter)}, {Latest}) AND started_at < {parameter}";

    /// <summary>
    /// Rounding keeps the order. A number beyond the years 0 to 9999 has no text; a bound may be such a number, a
    /// record cannot.
    /// </summary>
    private static string ToText(string micros) => $"strftime('%Y-%m-%d %H:%M:%f', {micros} / 1000000.0, 'unixepoch')";
}

namespace Tollgate.Accounting.MySql.Connections;

/// <summary>Rewrites a text so that the server can only interpret it as a query.</summary>
/// <remarks>
/// For both servers, a statement that begins with a parenthesis is a query. MariaDB 10 does not accept WITH there; but
/// a statement that begins with WITH is either a query anyway, or changes rows, which a read-only transaction rejects.
/// So the text is checked for this one word, and a wrong guess results in a syntax error, not in a different kind of
/// statement.
/// </remarks>
internal static class QueryOnlySql
{
    public static string From(string sql)
    {
        // A trailing semicolon is common; before the parenthesis it would end the statement.
        var text = WithoutLeadingComments(sql.Trim()).TrimEnd(';', ' ', '\t', '\r', '\n');
        return BeginsWithWith(text) ? text : $"({text}\n)"; // The line break ends a comment.
    }

    private static bool BeginsWithWith(string text) =>
        text.StartsWith("with", StringComparison.OrdinalIgnoreCase) && text.Length > 4 && char.IsWhiteSpace(text[4]);

    private static string WithoutLeadingComments(string text)
    {
        while (CommentEnd(text) is { } end)
            text = text[end..].TrimStart();
        return text;
    }

    /// <summary>
    /// Returns where a comment at the beginning ends; null if there is none, or one that the server executes
    /// (<c>/*!</c>, <c>/*M!</c>).
    /// </summary>
    private static int? CommentEnd(string text)
    {
        if (text.StartsWith("--", StringComparison.Ordinal) || text.StartsWith('#'))
            return EndBehind(text, "\n");
        var isBlock =
            text.StartsWith("/*", StringComparison.Ordinal)
            && !text.StartsWith("/*!", StringComparison.Ordinal)
            && !text.StartsWith("/*M!", StringComparison.Ordinal);
        return isBlock ? EndBehind(text[2..], "*/") + 2 : null;
    }

    private static int? EndBehind(string text, string mark)
    {
        var at = text.IndexOf(mark, StringComparison.Ordinal);
        return at < 0 ? null : at + mark.Length;
    }
}

namespace Tollgate.Accounting.MySql.Connections;

/// <summary>Makes a text one that the server can only take for a query.</summary>
/// <remarks>
/// Both servers: a statement that begins with a parenthesis is a query. MariaDB 10 takes no WITH there; but what begins
/// with WITH is a query as it stands, or else changes rows, which a read-only transaction refuses. So the text is
/// looked at for this one word, and a wrong guess ends in a syntax error, not in a statement of another kind.
/// </remarks>
internal static class QueryText
{
    public static string Of(string sql)
    {
        // Behind the last statement a semicolon is usual; before the parenthesis it would end the statement.
        var text = WithoutLeadingComments(sql.Trim()).TrimEnd(';', ' ', '\t', '\r', '\n');
        return BeginsWithWith(text) ? text : $"({text}\n)"; // The line's end ends a comment.
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
    /// Where a comment at the beginning ends; null where there is none, or one that the server executes (<c>/*!</c>,
    /// <c>/*M!</c>).
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

namespace Tollgate.Accounting.MySql;

/// <summary>Makes a text one that the server can only take for a query.</summary>
/// <remarks>
/// Both servers: a statement that begins with a parenthesis is a query. MariaDB 10 takes no WITH there; but what begins with
/// WITH is a query as it stands, or else changes rows, which a read-only transaction refuses. So the text is looked at for this
/// one word, and a wrong guess ends in a syntax error, not in a statement of another kind.
/// </remarks>
internal static class QueryText
{
    public static string Of(string sql)
    {
        // Behind the last statement a semicolon is usual; before the parenthesis it would end the statement.
        var text = sql.Trim().TrimEnd(';', ' ', '\t', '\r', '\n');
        return BeginsWithWith(text) ? text : $"({text}\n)"; // The line's end ends a comment.
    }

    private static bool BeginsWithWith(string text) =>
        text.StartsWith("with", StringComparison.OrdinalIgnoreCase) && text.Length > 4 && char.IsWhiteSpace(text[4]);
}

using System.Text;

namespace Tollgate.Accounting.PostgreSql.Connections;

/// <summary>
/// Texts as PostgreSQL can hold them: it knows no U+0000, and half a surrogate pair is no character in UTF-8. Each
/// becomes U+FFFD, in what is written and in what is searched, so that one record's strange name does not fail its
/// whole batch.
/// </summary>
internal static class StoredText
{
    public static string Of(string text) =>
        text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 && !text.Contains('\0')
            ? text
            : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Replace('\0', '\uFFFD')));
}

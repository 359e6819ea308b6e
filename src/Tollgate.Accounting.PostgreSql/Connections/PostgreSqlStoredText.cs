using System.Text;

namespace Tollgate.Accounting.PostgreSql.Connections;

/// <summary>
/// Makes texts storable in PostgreSQL: it does not support U+0000, and an unpaired surrogate is not valid in UTF-8.
/// Each becomes U+FFFD, in stored and in searched texts, so that one record's unusual name does not fail its whole
/// batch.
/// </summary>
internal static class PostgreSqlStoredText
{
    public static string Normalize(string text) =>
        text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 && !text.Contains('\0')
            ? text
            : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Replace('\0', '\uFFFD')));
}

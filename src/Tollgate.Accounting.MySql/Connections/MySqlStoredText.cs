using System.Text;

namespace Tollgate.Accounting.MySql.Connections;

/// <summary>
/// Texts as UTF-8 can hold them: half a surrogate pair is not a character and becomes U+FFFD, in what is written and in
/// what is searched, so that one record's strange name does not fail its whole batch.
/// </summary>
internal static class MySqlStoredText
{
    public static string Normalize(string text) =>
        text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0
            ? text
            : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}

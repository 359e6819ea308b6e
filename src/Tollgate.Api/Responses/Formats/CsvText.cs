using System.Globalization;
using System.Text;

namespace Tollgate.Api.Responses.Formats;

/// <summary>Formats rows as CSV (RFC 4180) that a spreadsheet can open without running anything in it.</summary>
internal static class CsvText
{
    /// <summary>Appends a row.</summary>
    /// <param name="text">The text to append to.</param>
    /// <param name="cells">The cells: null, text, or a value whose text is not a formula.</param>
    public static void AppendRow(StringBuilder text, IEnumerable<object?> cells)
    {
        var isFirst = true;
        foreach (var cell in cells)
        {
            if (!isFirst)
                text.Append(',');
            isFirst = false;
            AppendCell(text, cell is string value ? Neutralize(value) : Format(cell));
        }

        text.Append("\r\n");
    }

    /// <summary>
    /// A spreadsheet runs text that begins like a formula. An apostrophe makes it a text; numbers stay as they are.
    /// </summary>
    private static string Neutralize(string cell) =>
        cell.Length > 0
        && "=+-@\t\r\n".Contains(cell[0], StringComparison.Ordinal)
        && !decimal.TryParse(
            cell,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out _
        )
            ? "'" + cell
            : cell;

    private static string Format(object? cell) =>
        cell switch
        {
            null => "",
            true => "true",
            false => "false",
            byte[] bytes => Convert.ToHexString(bytes),
            _ => Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "",
        };

    private static void AppendCell(StringBuilder text, string cell)
    {
        if (!cell.AsSpan().ContainsAny(",\"\r\n"))
        {
            text.Append(cell);
            return;
        }

        text.Append('"').Append(cell.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
    }
}

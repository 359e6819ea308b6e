using System.Globalization;
using Spectre.Console;

namespace Tollgate.Cli.Rendering;

/// <summary>A table of rows under titles, and its output formats.</summary>
/// <param name="Titles">The columns' names, as programs read them: lower case with underscores.</param>
/// <param name="Rows">The cells: text, whole numbers, decimals, booleans, or null for unknown values.</param>
internal sealed record ResultTable(IReadOnlyList<string> Titles, IEnumerable<object?[]> Rows)
{
    /// <summary>The columns shown in a terminal; default: all. Programs always get all.</summary>
    public IReadOnlyList<string> Brief { get; init; } = Titles;

    /// <summary>
    /// True if numbers are rounded for display: two decimals from 1 on, four below. Programs get exact values.
    /// </summary>
    public bool IsRounded { get; init; }

    /// <summary>The border, two spaces, and four characters, of which wide ones take two places.</summary>
    private const int MinColumnWidth = 7;

    /// <summary>The values of <c>--format</c>.</summary>
    public static readonly string[] Formats = ["table", "json", "csv"];

    /// <summary>Prints a table to a terminal, tab-separated lines to a pipe, or the requested format.</summary>
    public void Print(TextWriter output, string format)
    {
        if (format == "table" && IsTerminal(output))
        {
            PrintTable(AnsiConsole.Console);
            return;
        }

        using var lines = TableWriter.For(output, format, Titles);
        foreach (var row in Rows)
            lines.Add(row);
        lines.End();
    }

    /// <summary>True if the output goes to a terminal.</summary>
    public static bool IsTerminal(TextWriter output) =>
        ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;

    /// <summary>Prints a table regardless of the output.</summary>
    public void PrintTable(TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (Console.IsOutputRedirected)
            console.Profile.Width = 200;
        PrintTable(console);
    }

    /// <summary>Prints a table to a console.</summary>
    public void PrintTable(IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Ascii2);
        var columns = Brief.Select(title => Titles.ToList().IndexOf(title)).ToList();
        // With less room than for a few characters of each column, Spectre.Console would lay out the table forever.
        console.Profile.Width = Math.Max(console.Profile.Width, 1 + (columns.Count * MinColumnWidth));
        var rows = Rows.ToList();
        foreach (var column in columns)
        {
            var isNumeric =
                rows.Exists(row => row[column] is not null)
                && rows.TrueForAll(row => row[column] is null or long or int or decimal);
            // Spaces instead of underscores, so that a long title can wrap.
            table.AddColumn(
                new TableColumn(Markup.Escape(Titles[column].Replace('_', ' ')))
                {
                    Alignment = isNumeric ? Justify.Right : Justify.Left,
                }
            );
        }

        foreach (var row in rows)
            table.AddRow([
                .. columns.Select(column => Markup.Escape(Printable(VisibleColumns(row[column], IsRounded)))),
            ]);
        console.Write(table);
    }

    /// <summary>Formats a cell for display: times to the second.</summary>
    public static string VisibleColumns(object? cell, bool isRounded) =>
        cell switch
        {
            DateTimeOffset moment => moment.UtcDateTime.ToString(
                "yyyy-MM-dd HH:mm:ss'Z'",
                CultureInfo.InvariantCulture
            ),
            decimal number when isRounded => number.ToString(
                Math.Abs(number) < 1 ? "0.####"
                    : decimal.IsInteger(number) ? "#,0"
                    : "#,0.00",
                CultureInfo.InvariantCulture
            ),
            _ => Text(cell),
        };

    /// <summary>Formats a cell for programs; empty for unknown values.</summary>
    public static string Text(object? cell) =>
        cell switch
        {
            null => "",
            bool value => value ? "yes" : "no",
            decimal value => value.ToString("0.############", CultureInfo.InvariantCulture),
            DateTimeOffset value => value.UtcDateTime.ToString(
                "yyyy-MM-ddTHH:mm:ss.fffZ",
                CultureInfo.InvariantCulture
            ),
            IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
            _ => cell.ToString()!,
        };

    /// <summary>
    /// Removes tabs, line breaks and escape sequences: cells contain text supplied by callers and providers.
    /// </summary>
    public static string Printable(string cell) =>
        string.Create(
            cell.Length,
            cell,
            static (shown, given) =>
            {
                for (var i = 0; i < shown.Length; i++)
                    shown[i] = char.IsControl(given[i]) ? '\uFFFD' : given[i];
            }
        );
}

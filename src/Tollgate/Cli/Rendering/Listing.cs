using System.Globalization;
using Spectre.Console;

namespace Tollgate.Cli.Rendering;

/// <summary>Rows under titles, and the ways to print them.</summary>
/// <param name="Titles">The columns' names, as programs read them: lower case with underscores.</param>
/// <param name="Rows">The cells: text, whole numbers, decimals, booleans, or null for what is not known.</param>
internal sealed record Listing(IReadOnlyList<string> Titles, IEnumerable<object?[]> Rows)
{
    /// <summary>The columns that a terminal has room for; all, where not set. Programs always get all.</summary>
    public IReadOnlyList<string> Brief { get; init; } = Titles;

    /// <summary>
    /// Whether a person gets numbers rounded: two decimals from 1 on, four below. Programs get them as they are.
    /// </summary>
    public bool IsRounded { get; init; }

    /// <summary>The formats that <c>--format</c> takes.</summary>
    public static readonly string[] Formats = ["table", "json", "csv"];

    /// <summary>Prints: a table to a terminal, tab-separated lines to a pipe, or what the format says.</summary>
    public void Print(TextWriter output, string format)
    {
        if (format == "table" && IsTerminal(output))
        {
            PrintTable(AnsiConsole.Console);
            return;
        }

        using var lines = RowPrinter.For(output, format, Titles);
        foreach (var row in Rows)
            lines.Add(row);
        lines.End();
    }

    /// <summary>Whether a person reads it.</summary>
    public static bool IsTerminal(TextWriter output) =>
        ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;

    /// <summary>Prints a table whatever the output is.</summary>
    public void PrintTable(TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (Console.IsOutputRedirected)
            console.Profile.Width = 200;
        PrintTable(console);
    }

    private void PrintTable(IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Ascii2);
        var columns = Brief.Select(title => Titles.ToList().IndexOf(title)).ToList();
        var rows = Rows.ToList();
        foreach (var column in columns)
        {
            var isNumeric =
                rows.Exists(row => row[column] is not null)
                && rows.TrueForAll(row => row[column] is null or long or int or decimal);
            // Words instead of underscores, so that a long title can take two lines.
            table.AddColumn(
                new TableColumn(Markup.Escape(Titles[column].Replace('_', ' ')))
                {
                    Alignment = isNumeric ? Justify.Right : Justify.Left,
                }
            );
        }

        foreach (var row in rows)
            table.AddRow([.. columns.Select(column => Markup.Escape(Printable(Shown(row[column], IsRounded))))]);
        console.Write(table);
    }

    /// <summary>As a person reads it: a moment to the second.</summary>
    public static string Shown(object? cell, bool isRounded) =>
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

    /// <summary>A cell as a program reads it; empty for what is not known.</summary>
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
    /// Without tabs, line ends and escape sequences: cells hold what callers and providers say of themselves.
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

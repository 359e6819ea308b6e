using System.CommandLine;
using Tollgate.Cli.Rendering;

namespace Tollgate.Cli.Simulations;

/// <summary><c>--format</c> of commands that also write Markdown, and how rows are printed in each.</summary>
internal static class ReportFormat
{
    public static Option<string> Option()
    {
        var format = new Option<string>("--format")
        {
            Description = "The output format.",
            DefaultValueFactory = static _ => "table",
        };
        format.AcceptOnlyFromAmong([.. ResultTable.Formats, "markdown"]);
        return format;
    }

    public static void Print(this ResultTable listing, TextWriter output, string format, string title)
    {
        if (format != "markdown")
        {
            listing.Print(output, format);
            return;
        }

        output.WriteLine($"## {title}");
        output.WriteLine();
        var places = listing.Brief.Select(column => listing.Titles.ToList().IndexOf(column)).ToArray();
        var rows = listing.Rows.ToList();
        output.WriteLine($"| {string.Join(" | ", listing.Brief.Select(static column => column.Replace('_', ' ')))} |");
        output.WriteLine(
            $"|{string.Concat(places.Select(place => rows.Exists(row => row[place] is string) ? " --- |" : " ---: |"))}"
        );
        foreach (var row in rows)
            output.WriteLine($"| {string.Join(" | ", places.Select(place => Cell(row[place])))} |");
        output.WriteLine();
    }

    private static string Cell(object? cell) => TextTable.MarkdownCell(ResultTable.Text(cell));
}

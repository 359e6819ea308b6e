namespace Tollgate.Cli.Rendering;

/// <summary>A table of preformatted text for display: the first column is a name, the others are numbers.</summary>
internal static class TextTable
{
    public static void Write(TextWriter output, string[] titles, string[][] rows)
    {
        var widths = titles
            .Select(
                (title, column) =>
                    Math.Max(
                        title.Length,
                        rows.Select(row => ResultTable.Printable(row[column]).Length).DefaultIfEmpty().Max()
                    )
            )
            .ToArray();
        var rule = $"+{string.Join('+', widths.Select(static width => new string('-', width + 2)))}+";
        output.WriteLine(rule);
        output.WriteLine(Line(titles));
        output.WriteLine(rule);
        foreach (var row in rows)
            output.WriteLine(Line(row));
        output.WriteLine(rule);

        string Line(string[] cells) =>
            $"|{string.Join('|', cells.Select((cell, column) => Pad(ResultTable.Printable(cell), column)))}|";

        string Pad(string cell, int column) =>
            column == 0 ? $" {cell.PadRight(widths[0])} " : $" {cell.PadLeft(widths[column])} ";
    }

    public static void WriteMarkdown(TextWriter output, string[] titles, IEnumerable<string[]> rows)
    {
        output.WriteLine($"| {string.Join(" | ", titles)} |");
        output.WriteLine($"| --- |{string.Concat(Enumerable.Repeat(" ---: |", titles.Length - 1))}");
        foreach (var row in rows)
            output.WriteLine($"| {string.Join(" | ", row.Select(MarkdownCell))} |");
    }

    public static string MarkdownCell(string text) =>
        ResultTable.Printable(text).Replace("|", "\\|", StringComparison.Ordinal);
}

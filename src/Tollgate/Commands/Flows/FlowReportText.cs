namespace Tollgate.Commands.Flows;

/// <summary>Prints a report for people, and for spreadsheets.</summary>
internal static class FlowReportText
{
    public static void WriteTable(TextWriter output, FlowReportWords words)
    {
        output.WriteLine(words.Title);
        WriteGrid(output, words.Titles, [.. words.Rows]);
        output.WriteLine();
        output.WriteLine(words.Peak);
        output.WriteLine();
        foreach (var note in words.Notes) output.WriteLine(note);
        foreach (var rejected in words.FirstRejected) output.WriteLine($"  {Printable(rejected)}");
    }

    public static void WriteMarkdown(TextWriter output, FlowReportWords words)
    {
        output.WriteLine($"## {words.Title.TrimEnd(':')}");
        output.WriteLine();
        output.WriteLine($"| {string.Join(" | ", words.Titles)} |");
        output.WriteLine($"| --- |{string.Concat(Enumerable.Repeat(" ---: |", words.Titles.Length - 1))}");
        foreach (var row in words.Rows) output.WriteLine($"| {string.Join(" | ", row.Select(MarkdownCell))} |");
        output.WriteLine();
        output.WriteLine(words.Peak);
        output.WriteLine();
        foreach (var note in words.Notes) output.WriteLine($"- {note}");
        foreach (var rejected in words.FirstRejected) output.WriteLine($"- {MarkdownCell(rejected)}");
    }

    /// <summary>One line for each group; the rest of the report is in the other formats.</summary>
    public static void WriteCsv(TextWriter output, FlowReportWords words) =>
        new Listing([.. words.Titles], words.Rows.Select(static row => row.ToArray<object?>())).Print(output, "csv");

    private static void WriteGrid(TextWriter output, string[] titles, string[][] rows)
    {
        var widths = titles.Select((title, column) => Math.Max(title.Length, rows.Select(row => Printable(row[column]).Length).DefaultIfEmpty().Max())).ToArray();
        var rule = $"+{string.Join('+', widths.Select(static width => new string('-', width + 2)))}+";
        output.WriteLine(rule);
        output.WriteLine(Line(titles));
        output.WriteLine(rule);
        foreach (var row in rows) output.WriteLine(Line(row));
        output.WriteLine(rule);

        string Line(string[] cells) =>
            $"|{string.Join('|', cells.Select((cell, column) => column == 0 ? $" {Printable(cell).PadRight(widths[0])} " : $" {cell.PadLeft(widths[column])} "))}|";
    }

    private static string MarkdownCell(string text) => Printable(text).Replace("|", "\\|", StringComparison.Ordinal);

    /// <summary>What a file says must not move the reader's cursor.</summary>
    private static string Printable(string text) => string.Concat(text.Select(static letter => char.IsControl(letter) ? '\uFFFD' : letter));
}

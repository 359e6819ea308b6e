using Tollgate.Cli.Rendering;
using Tollgate.Operations.Flows;

namespace Tollgate.Cli.Flows;

/// <summary>Prints a report for people, and for spreadsheets.</summary>
internal static class FlowReportText
{
    public static void WriteTable(TextWriter output, FlowReportFormatter words)
    {
        output.WriteLine(words.Title);
        TextTable.Write(output, words.Titles, [.. words.Rows]);
        output.WriteLine();
        output.WriteLine(words.Peak);
        output.WriteLine();
        foreach (var note in words.Notes)
            output.WriteLine(note);
        foreach (var rejected in words.FirstRejected)
            output.WriteLine($"  {ResultTable.Printable(rejected)}");
    }

    public static void WriteMarkdown(TextWriter output, FlowReportFormatter words)
    {
        output.WriteLine($"## {words.Title.TrimEnd(':')}");
        output.WriteLine();
        TextTable.WriteMarkdown(output, words.Titles, words.Rows);
        output.WriteLine();
        output.WriteLine(words.Peak);
        output.WriteLine();
        foreach (var note in words.Notes)
            output.WriteLine($"- {note}");
        foreach (var rejected in words.FirstRejected)
            output.WriteLine($"- {TextTable.MarkdownCell(rejected)}");
    }

    /// <summary>One line per group; the other formats contain the rest of the report.</summary>
    public static void WriteCsv(TextWriter output, FlowReportFormatter words) =>
        new ResultTable([.. words.Titles], words.Rows.Select(static row => row.ToArray<object?>())).Print(
            output,
            "csv"
        );
}

using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;

namespace Tollgate.Commands;

/// <summary>Rows under titles, and the ways to print them.</summary>
/// <param name="Titles">The columns' names, as programs read them: lower case with underscores.</param>
/// <param name="Rows">The cells: text, whole numbers, decimals, booleans, or null for what is not known.</param>
internal sealed record Listing(IReadOnlyList<string> Titles, IEnumerable<object?[]> Rows)
{
    /// <summary>The columns that a terminal has room for; all, where not set. Programs always get all.</summary>
    public IReadOnlyList<string> Brief { get; init; } = Titles;

    /// <summary>The formats that <c>--format</c> takes.</summary>
    public static readonly string[] Formats = ["table", "json", "csv"];

    private static readonly JsonWriterOptions Json = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Prints: a table to a terminal, tab-separated lines to a pipe, or what the format says.</summary>
    public void Print(TextWriter output, string format)
    {
        if (format == "json") PrintJson(output);
        else if (format == "csv") PrintLines(output, ",", Quoted);
        else if (IsTerminal(output)) PrintTable(AnsiConsole.Console);
        else PrintLines(output, "\t", Printable);
    }

    /// <summary>Whether a person reads it.</summary>
    public static bool IsTerminal(TextWriter output) => ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;

    /// <summary>Prints a table whatever the output is.</summary>
    public void PrintTable(TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (Console.IsOutputRedirected) console.Profile.Width = 200;
        PrintTable(console);
    }

    private void PrintTable(IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Ascii2);
        var columns = Brief.Select(title => Titles.ToList().IndexOf(title)).ToList();
        var rows = Rows.ToList();
        foreach (var column in columns)
        {
            var isNumeric = rows.Exists(row => row[column] is not null) && rows.TrueForAll(row => row[column] is null or long or int or decimal);
            // Words instead of underscores, so that a long title can take two lines.
            table.AddColumn(new TableColumn(Markup.Escape(Titles[column].Replace('_', ' '))) { Alignment = isNumeric ? Justify.Right : Justify.Left });
        }

        foreach (var row in rows) table.AddRow([.. columns.Select(column => Markup.Escape(Printable(Shown(row[column]))))]);
        console.Write(table);
    }

    /// <summary>As a person reads it: a moment to the second.</summary>
    private static string Shown(object? cell) =>
        cell is DateTimeOffset moment ? moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) : Text(cell);

    private void PrintLines(TextWriter output, string separator, Func<string, string> quote)
    {
        output.WriteLine(string.Join(separator, Titles));
        foreach (var row in Rows) output.WriteLine(string.Join(separator, row.Select(cell => quote(Text(cell)))));
    }

    private void PrintJson(TextWriter output)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Json))
        {
            json.WriteStartArray();
            foreach (var row in Rows) WriteObject(json, row);
            json.WriteEndArray();
        }

        output.WriteLine(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
    }

    private void WriteObject(Utf8JsonWriter json, object?[] row)
    {
        json.WriteStartObject();
        for (var column = 0; column < Titles.Count; column++)
        {
            json.WritePropertyName(Titles[column]);
            switch (row[column])
            {
                case null: json.WriteNullValue(); break;
                case bool value: json.WriteBooleanValue(value); break;
                case long value: json.WriteNumberValue(value); break;
                case int value: json.WriteNumberValue(value); break;
                case decimal value: json.WriteNumberValue(value); break;
                case var value: json.WriteStringValue(Text(value)); break;
            }
        }

        json.WriteEndObject();
    }

    private static string Text(object? cell) => cell switch
    {
        null => "",
        bool value => value ? "yes" : "no",
        decimal value => value.ToString("0.############", CultureInfo.InvariantCulture),
        DateTimeOffset value => value.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        _ => cell.ToString()!,
    };

    /// <summary>Without tabs, line ends and escape sequences: cells hold what callers and providers say of themselves.</summary>
    private static string Printable(string cell) => string.Create(cell.Length, cell, static (shown, given) =>
    {
        for (var i = 0; i < shown.Length; i++) shown[i] = char.IsControl(given[i]) ? '\uFFFD' : given[i];
    });

    private static string Quoted(string cell) =>
        cell.AsSpan().ContainsAny(",\"\r\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}

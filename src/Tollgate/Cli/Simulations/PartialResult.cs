using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tollgate.Cli.Rendering;

namespace Tollgate.Cli.Simulations;

/// <summary>The completed part of a computation: all of it, or less after a cancellation.</summary>
/// <param name="Completed">The number completed.</param>
/// <param name="Total">The number requested.</param>
/// <param name="Unit">Their name, such as <c>points</c>.</param>
internal readonly record struct PartialResult(long Completed, long Total, string Unit)
{
    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// Prints rows. JSON includes the completed part; for other formats, only the exit code and standard error show it.
    /// </summary>
    public void Print(ResultTable listing, TextWriter output, string format, string title)
    {
        if (format != "json")
        {
            listing.Print(output, format, title);
            return;
        }

        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Indented))
        {
            json.WriteStartObject();
            json.WriteBoolean("is_complete", Completed >= Total);
            json.WriteNumber("done", Completed);
            json.WriteNumber("all", Total);
            json.WriteString("unit", Unit);
            json.WritePropertyName("rows");
            json.WriteRawValue(Rows(listing));
            json.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
    }

    /// <summary>Reports an incomplete result on standard error, and returns the exit code.</summary>
    public Task<int> ReportAsync(TextWriter error) => Cancellation.ReportAsync(error, Completed, Total, Unit);

    private static string Rows(ResultTable listing)
    {
        using var rows = new StringWriter();
        listing.Print(rows, "json");
        return rows.ToString().TrimEnd();
    }
}

using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Exchange;

/// <summary>Writes records to a file as they come; memory does not grow with their number.</summary>
public static class UsageExport
{
    private const int FlushLength = 64 * 1024;
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>CSV with a header: <see cref="UsageFields.Names"/>. Gives the number of records.</summary>
    public static async Task<long> WriteCsvAsync(IAsyncEnumerable<UsageRecord> records, Stream output, CancellationToken cancellation = default)
    {
        var text = new StringBuilder(string.Join(',', UsageFields.Names)).Append('\n');
        long count = 0;
        await foreach (var record in records.WithCancellation(cancellation))
        {
            count++;
            AppendRow(text, UsageFields.Of(record));
            if (text.Length >= FlushLength) await FlushAsync(text, output, cancellation);
        }

        await FlushAsync(text, output, cancellation);
        return count;
    }

    /// <summary>A JSON object a line, with the same names; what is absent is left out. Gives the number of records.</summary>
    public static async Task<long> WriteJsonLinesAsync(IAsyncEnumerable<UsageRecord> records, Stream output, CancellationToken cancellation = default)
    {
        using var buffer = new MemoryStream();
        await using var json = new Utf8JsonWriter(buffer, Json);
        long count = 0;
        await foreach (var record in records.WithCancellation(cancellation))
        {
            count++;
            WriteObject(json, UsageFields.Of(record));
            await json.FlushAsync(cancellation);
            json.Reset();
            buffer.WriteByte((byte)'\n');
            if (buffer.Length >= FlushLength) await FlushAsync(buffer, output, cancellation);
        }

        await FlushAsync(buffer, output, cancellation);
        return count;
    }

    private static void AppendRow(StringBuilder text, object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (i > 0) text.Append(',');
            AppendField(text, Text(values[i]));
        }

        text.Append('\n');
    }

    private static void AppendField(StringBuilder text, string field)
    {
        if (!field.AsSpan().ContainsAny(",\"\r\n")) text.Append(field);
        else text.Append('"').Append(field.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        decimal money => money.ToString("0.############", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => (string)value,
    };

    private static void WriteObject(Utf8JsonWriter json, object?[] values)
    {
        json.WriteStartObject();
        for (var i = 0; i < values.Length; i++)
        {
            var name = UsageFields.Names[i];
            if (values[i] is decimal money) json.WriteNumber(name, money);
            else if (values[i] is string text) json.WriteString(name, text);
            else if (values[i] is not null) json.WriteNumber(name, Convert.ToInt64(values[i], CultureInfo.InvariantCulture));
        }

        json.WriteEndObject();
    }

    private static async Task FlushAsync(StringBuilder text, Stream output, CancellationToken cancellation)
    {
        await output.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellation);
        text.Clear();
    }

    private static async Task FlushAsync(MemoryStream buffer, Stream output, CancellationToken cancellation)
    {
        await output.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), cancellation);
        buffer.SetLength(0);
    }
}

using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Exchange;

/// <summary>Streams records to a file; memory does not grow with their number.</summary>
public static class UsageExport
{
    private const int FlushLength = 64 * 1024;
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes CSV with a header: <see cref="UsageFields.Names"/>. Returns the number of records.</summary>
    public static async Task<long> WriteCsvAsync(
        IAsyncEnumerable<UsageRecord> records,
        Stream output,
        CancellationToken cancellation = default
    )
    {
        var text = new CsvText(output);
        await text.AddAsync(UsageFields.Names, cancellation);
        long count = 0;
        await foreach (var record in records.WithCancellation(cancellation))
        {
            count++;
            await text.AddAsync(UsageFields.Of(record), cancellation);
        }

        await text.FlushAsync(cancellation);
        return count;
    }

    /// <summary>
    /// Writes one JSON object per line, with the same names; absent values are omitted. Returns the number of records.
    /// </summary>
    public static async Task<long> WriteJsonLinesAsync(
        IAsyncEnumerable<UsageRecord> records,
        Stream output,
        CancellationToken cancellation = default
    )
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
            if (buffer.Length >= FlushLength)
                await FlushAsync(buffer, output, cancellation);
        }

        await FlushAsync(buffer, output, cancellation);
        return count;
    }

    private static void WriteObject(Utf8JsonWriter json, object?[] values)
    {
        json.WriteStartObject();
        for (var i = 0; i < values.Length; i++)
        {
            var name = UsageFields.Names[i];
            if (values[i] is decimal money)
                json.WriteNumber(name, money);
            else if (values[i] is string text)
                json.WriteString(name, text);
            else if (values[i] is not null)
                json.WriteNumber(name, Convert.ToInt64(values[i], CultureInfo.InvariantCulture));
        }

        json.WriteEndObject();
    }

    private static async Task FlushAsync(MemoryStream buffer, Stream output, CancellationToken cancellation)
    {
        await output.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), cancellation);
        buffer.SetLength(0);
    }
}

using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.ImportExport;

/// <summary>Streams records to a file; memory does not grow with their number.</summary>
public static class UsageExport
{
    private const int FlushLength = 64 * 1024;
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes CSV with a header: <see cref="UsageFields.Names"/>. Returns the number of records.</summary>
    public static async Task<long> WriteCsvAsync(
        IAsyncEnumerable<UsageRecord> records,
        Stream output,
        CancellationToken cancellationToken = default
    )
    {
        var text = new CsvWriter(output);
        await text.AddAsync(UsageFields.Names, cancellationToken);
        long count = 0;
        await foreach (var record in records.WithCancellation(cancellationToken))
        {
            count++;
            await text.AddAsync(UsageFields.ToValues(record), cancellationToken);
        }

        await text.FlushAsync(cancellationToken);
        return count;
    }

    /// <summary>
    /// Writes one JSON object per line, with the same names; absent values are omitted. Returns the number of records.
    /// </summary>
    public static async Task<long> WriteJsonLinesAsync(
        IAsyncEnumerable<UsageRecord> records,
        Stream output,
        CancellationToken cancellationToken = default
    )
    {
        using var buffer = new MemoryStream();
        await using var json = new Utf8JsonWriter(buffer, Json);
        long count = 0;
        await foreach (var record in records.WithCancellation(cancellationToken))
        {
            count++;
            WriteObject(json, UsageFields.ToValues(record));
            await json.FlushAsync(cancellationToken);
            json.Reset();
            buffer.WriteByte((byte)'\n');
            if (buffer.Length >= FlushLength)
                await FlushAsync(buffer, output, cancellationToken);
        }

        await FlushAsync(buffer, output, cancellationToken);
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

    private static async Task FlushAsync(MemoryStream buffer, Stream output, CancellationToken cancellationToken)
    {
        await output.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), cancellationToken);
        buffer.SetLength(0);
    }
}

using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tollgate.Accounting.ImportExport.Tables;

/// <summary>Writes one JSON object per row and line, in chunks. Absent values are omitted.</summary>
/// <param name="columns">The columns of the table.</param>
/// <param name="output">The file; it stays open.</param>
public sealed class JsonLinesWriter(IReadOnlyList<ExportColumn> columns, Stream output) : IRowWriter
{
    private const int FlushLength = 64 * 1024;
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly MemoryStream _buffer = new();

    /// <inheritdoc/>
    public async Task AddAsync(IReadOnlyList<object?> values, CancellationToken cancellationToken = default)
    {
        using (var json = new Utf8JsonWriter(_buffer, Json))
            WriteObject(json, values);
        _buffer.WriteByte((byte)'\n');
        if (_buffer.Length >= FlushLength)
            await FlushAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public Task CompleteAsync(CancellationToken cancellationToken = default) => FlushAsync(cancellationToken);

    private void WriteObject(Utf8JsonWriter json, IReadOnlyList<object?> values)
    {
        json.WriteStartObject();
        for (var i = 0; i < columns.Count; i++)
        {
            var plain = columns[i].ToPlain(values[i]);
            if (plain is decimal money)
                json.WriteNumber(columns[i].Name, money);
            else if (plain is string text)
                json.WriteString(columns[i].Name, text);
            else if (plain is long number)
                json.WriteNumber(columns[i].Name, number);
        }

        json.WriteEndObject();
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        await output.WriteAsync(_buffer.GetBuffer().AsMemory(0, (int)_buffer.Length), cancellationToken);
        _buffer.SetLength(0);
    }
}

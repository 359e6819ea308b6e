using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Tollgate.Api.Responses.Formats;

namespace Tollgate.Api.Responses;

/// <summary>All items of a list as CSV or JSON Lines, sent while they are read.</summary>
/// <param name="items">The items.</param>
/// <param name="type">Their contract, whose members are the columns.</param>
/// <param name="format">The format.</param>
internal sealed class ExportResponse<T>(IAsyncEnumerable<T> items, JsonTypeInfo<T> type, ListFormat format)
    : ApiResponse
{
    private const int FlushLength = 32 * 1024;

    /// <inheritdoc/>
    protected override Task SendBodyAsync(HttpContext http, CancellationToken cancellationToken)
    {
        http.Response.ContentType = format == ListFormat.Csv ? "text/csv; charset=utf-8" : ListFormats.JsonLinesType;
        return format == ListFormat.Csv
            ? SendCsvAsync(http.Response, cancellationToken)
            : SendLinesAsync(http.Response, cancellationToken);
    }

    private async Task SendCsvAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        var columns = FlatColumn.Of(type);
        var text = new StringBuilder();
        CsvText.AppendRow(text, columns.Select(static column => column.Name));
        await foreach (var item in items.WithCancellation(cancellationToken))
        {
            var element = JsonSerializer.SerializeToElement(item, type);
            CsvText.AppendRow(text, columns.Select(column => column.Read(element)));
            if (text.Length < FlushLength)
                continue;
            await response.WriteAsync(text.ToString(), cancellationToken);
            text.Clear();
        }

        await response.WriteAsync(text.ToString(), cancellationToken);
    }

    private async Task SendLinesAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        var written = 0;
        await foreach (var item in items.WithCancellation(cancellationToken))
        {
            var line = JsonSerializer.SerializeToUtf8Bytes(item, type);
            response.BodyWriter.Write(line);
            response.BodyWriter.Write("\n"u8);
            written += line.Length;
            if (written < FlushLength)
                continue;
            await response.BodyWriter.FlushAsync(cancellationToken);
            written = 0;
        }

        await response.BodyWriter.FlushAsync(cancellationToken);
    }
}

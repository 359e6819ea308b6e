using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tollgate.Api.Contracts.Amounts;
using Tollgate.Api.Responses.Formats;

namespace Tollgate.Api.Responses;

/// <summary>Rows of a query: <c>{"columns": […], "rows": [[…]], "is_cut": false}</c>. Decimals are texts.
/// As CSV, or as JSON Lines, if the sender prefers.</summary>
internal sealed class TableResponse(
    IReadOnlyList<string> columns,
    IReadOnlyList<IReadOnlyList<object?>> rows,
    bool isCut
) : ApiResponse
{
    /// <inheritdoc/>
    protected override Task SendBodyAsync(HttpContext http, CancellationToken cancellationToken) =>
        ListFormats.Choose(http.Request) switch
        {
            ListFormat.Csv => SendCsvAsync(http.Response, cancellationToken),
            ListFormat.JsonLines => SendLinesAsync(http.Response, cancellationToken),
            _ => SendTableAsync(http, cancellationToken),
        };

    private Task SendCsvAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        response.ContentType = "text/csv; charset=utf-8";
        var text = new StringBuilder();
        CsvText.AppendRow(text, columns);
        foreach (var row in rows)
            CsvText.AppendRow(
                text,
                row.Select(static cell => cell is decimal amount ? DecimalText.Format(amount) : cell)
            );
        return response.WriteAsync(text.ToString(), cancellationToken);
    }

    private async Task SendLinesAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        response.ContentType = ListFormats.JsonLinesType;
        foreach (var row in rows)
        {
            await using (var writer = new Utf8JsonWriter(response.BodyWriter))
            {
                writer.WriteStartObject();
                for (var index = 0; index < columns.Count; index++)
                {
                    writer.WritePropertyName(columns[index]);
                    WriteCell(writer, row[index]);
                }

                writer.WriteEndObject();
            }

            response.BodyWriter.Write("\n"u8);
        }

        await response.BodyWriter.FlushAsync(cancellationToken);
    }

    private async Task SendTableAsync(HttpContext http, CancellationToken cancellationToken)
    {
        http.Response.ContentType = "application/json";
        await using var writer = new Utf8JsonWriter(http.Response.BodyWriter);
        writer.WriteStartObject();
        writer.WriteStartArray("columns");
        foreach (var column in columns)
            writer.WriteStringValue(column);
        writer.WriteEndArray();
        writer.WriteStartArray("rows");
        foreach (var row in rows)
        {
            writer.WriteStartArray();
            foreach (var cell in row)
                WriteCell(writer, cell);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteBoolean("is_cut", isCut);
        writer.WriteEndObject();
        await writer.FlushAsync(cancellationToken);
    }

    private static void WriteCell(Utf8JsonWriter writer, object? cell)
    {
        switch (cell)
        {
            case null:
                writer.WriteNullValue();
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case decimal amount:
                writer.WriteStringValue(DecimalText.Format(amount));
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case byte[] bytes:
                writer.WriteStringValue(Convert.ToHexString(bytes));
                break;
            default:
                writer.WriteStringValue(Convert.ToString(cell, CultureInfo.InvariantCulture));
                break;
        }
    }
}

using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tollgate.Api.Contracts.Amounts;

namespace Tollgate.Api.Responses;

/// <summary>Rows of a query: <c>{"columns": […], "rows": [[…]], "is_cut": false}</c>. Decimals are texts.</summary>
internal sealed class TableResponse(
    IReadOnlyList<string> columns,
    IReadOnlyList<IReadOnlyList<object?>> rows,
    bool isCut
) : ApiResponse
{
    /// <inheritdoc/>
    protected override async Task SendBodyAsync(HttpContext http, CancellationToken cancellationToken)
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

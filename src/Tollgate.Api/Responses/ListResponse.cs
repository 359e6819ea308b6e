using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Tollgate.Api.Responses.Formats;

namespace Tollgate.Api.Responses;

/// <summary>
/// A page of a list: <c>{"data": […], "page": {"size", "next", "previous"}}</c>. There is no total: counting all rows
/// would take longer the more there are.
/// </summary>
internal sealed class ListResponse<T>(ListPage<T> page, JsonTypeInfo<T> type) : ApiResponse
{
    /// <inheritdoc/>
    protected override Task SendBodyAsync(HttpContext http, CancellationToken cancellationToken) =>
        ListFormats.Choose(http.Request) is var format and not ListFormat.Json
            ? new ExportResponse<T>(page.Items.ToAsyncEnumerable(), type, format).SendAsync(http, cancellationToken)
            : SendPageAsync(http, cancellationToken);

    private async Task SendPageAsync(HttpContext http, CancellationToken cancellationToken)
    {
        http.Response.ContentType = "application/json";
        await using var writer = new Utf8JsonWriter(http.Response.BodyWriter);
        writer.WriteStartObject();
        writer.WriteStartArray("data");
        foreach (var item in page.Items)
            JsonSerializer.Serialize(writer, item, type);
        writer.WriteEndArray();
        writer.WriteStartObject("page");
        writer.WriteNumber("size", page.Items.Count);
        writer.WriteString("next", page.Next);
        writer.WriteString("previous", page.Previous);
        writer.WriteEndObject();
        writer.WriteEndObject();
        await writer.FlushAsync(cancellationToken);
    }
}

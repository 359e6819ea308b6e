using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Tollgate.Api.Responses;

/// <summary>A value as JSON.</summary>
internal sealed class JsonResponse<T>(T value, JsonTypeInfo<T> type) : ApiResponse
{
    /// <summary>Creates the response with an entry that can be changed, and its <c>ETag</c>.</summary>
    public static JsonResponse<T> ForEntry(T entry, JsonTypeInfo<T> type) =>
        new(entry, type) { EntityTag = Responses.EntityTag.Create(entry, type) };

    /// <inheritdoc/>
    protected override Task SendBodyAsync(HttpContext http, CancellationToken cancellationToken) =>
        http.Response.WriteAsJsonAsync(value, type, "application/json", cancellationToken);
}

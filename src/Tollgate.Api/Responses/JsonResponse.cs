using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Tollgate.Api.Responses;

/// <summary>A value as JSON.</summary>
internal sealed class JsonResponse<T>(T value, JsonTypeInfo<T> type) : ApiResponse
{
    /// <inheritdoc/>
    protected override Task SendBodyAsync(HttpContext http, CancellationToken cancellationToken) =>
        http.Response.WriteAsJsonAsync(value, type, "application/json", cancellationToken);
}

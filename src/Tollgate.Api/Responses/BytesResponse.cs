using Microsoft.AspNetCore.Http;

namespace Tollgate.Api.Responses;

/// <summary>A body that is complete in memory.</summary>
internal sealed class BytesResponse(ReadOnlyMemory<byte> bytes, string contentType) : ApiResponse
{
    /// <inheritdoc/>
    protected override async Task SendBodyAsync(HttpContext http, CancellationToken cancellationToken)
    {
        http.Response.ContentType = contentType;
        await http.Response.Body.WriteAsync(bytes, cancellationToken);
    }
}

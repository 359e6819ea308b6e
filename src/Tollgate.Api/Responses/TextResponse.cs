using Microsoft.AspNetCore.Http;

namespace Tollgate.Api.Responses;

/// <summary>A text of any type.</summary>
internal sealed class TextResponse(string text, string contentType) : ApiResponse
{
    /// <inheritdoc/>
    protected override Task SendBodyAsync(HttpContext http, CancellationToken cancellationToken)
    {
        http.Response.ContentType = contentType;
        return http.Response.WriteAsync(text, cancellationToken);
    }
}

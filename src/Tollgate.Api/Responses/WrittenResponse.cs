using Microsoft.AspNetCore.Http;

namespace Tollgate.Api.Responses;

/// <summary>A file that is sent while it is written. If that fails midway, the connection is closed.</summary>
/// <param name="writeAsync">Writes it.</param>
/// <param name="contentType">Its media type.</param>
/// <param name="fileName">The name under which it is saved.</param>
internal sealed class WrittenResponse(
    Func<Stream, CancellationToken, Task> writeAsync,
    string contentType,
    string fileName
) : ApiResponse
{
    /// <inheritdoc/>
    protected override Task SendBodyAsync(HttpContext http, CancellationToken cancellationToken)
    {
        http.Response.ContentType = contentType;
        http.Response.Headers.ContentDisposition = FileResponse.Format(fileName);
        return writeAsync(http.Response.Body, cancellationToken);
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Tollgate.Api.Responses;

/// <summary>A file to be saved; it is closed when it was sent.</summary>
/// <param name="content">The file.</param>
/// <param name="contentType">Its media type.</param>
/// <param name="fileName">The name under which it is saved.</param>
internal sealed class FileResponse(Stream content, string contentType, string fileName) : ApiResponse
{
    /// <inheritdoc/>
    protected override async Task SendBodyAsync(HttpContext http, CancellationToken cancellationToken)
    {
        await using var file = content;
        var response = http.Response;
        response.ContentType = contentType;
        response.ContentLength = file.Length - file.Position;
        response.Headers.ContentDisposition = Format(fileName);
        await file.CopyToAsync(response.Body, cancellationToken);
    }

    /// <summary>Formats the header by which a browser saves a body under a name.</summary>
    public static string Format(string fileName)
    {
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(fileName);
        return disposition.ToString();
    }
}

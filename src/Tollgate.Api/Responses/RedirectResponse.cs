using Microsoft.AspNetCore.Http;

namespace Tollgate.Api.Responses;

/// <summary>Sends a browser to another address.</summary>
/// <param name="address">The address, absolute or below this host.</param>
internal sealed class RedirectResponse(string address) : ApiResponse
{
    /// <inheritdoc/>
    protected override Task SendBodyAsync(HttpContext http, CancellationToken cancellationToken)
    {
        http.Response.StatusCode = StatusCodes.Status302Found;
        http.Response.Headers.Location = address;
        return Task.CompletedTask;
    }
}

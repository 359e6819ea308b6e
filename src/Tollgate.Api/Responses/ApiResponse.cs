using Microsoft.AspNetCore.Http;

namespace Tollgate.Api.Responses;

/// <summary>The response of a route.</summary>
internal abstract class ApiResponse
{
    /// <summary>The status code.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>The state of the entry, sent as <c>ETag</c>; null if it has none.</summary>
    public string? EntityTag { get; init; }

    /// <summary>The path of what was created, below the application's base; null if nothing was.</summary>
    public string? Location { get; init; }

    /// <summary>Sends it.</summary>
    public Task SendAsync(HttpContext http, CancellationToken cancellationToken)
    {
        http.Response.StatusCode = Status;
        if (EntityTag is not null)
            http.Response.Headers.ETag = EntityTag;
        if (Location is not null)
            http.Response.Headers.Location = http.Request.PathBase + Location;
        return SendBodyAsync(http, cancellationToken);
    }

    /// <summary>Sends the body.</summary>
    protected abstract Task SendBodyAsync(HttpContext http, CancellationToken cancellationToken);
}

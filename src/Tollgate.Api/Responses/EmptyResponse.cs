using Microsoft.AspNetCore.Http;

namespace Tollgate.Api.Responses;

/// <summary>A response without a body.</summary>
internal sealed class EmptyResponse : ApiResponse
{
    /// <summary>The request was carried out, and there is nothing to return.</summary>
    public static EmptyResponse Done { get; } = new() { Status = StatusCodes.Status204NoContent };

    /// <inheritdoc/>
    protected override Task SendBodyAsync(HttpContext http, CancellationToken cancellationToken) => Task.CompletedTask;
}

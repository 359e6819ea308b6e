using Microsoft.AspNetCore.Http;

namespace Tollgate.Dashboard.Routing;

/// <summary>Has the browser load another page of this program.</summary>
/// <param name="address">The address, from the root of the host.</param>
internal sealed class RedirectResult(string address) : IResult
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = address;
        return Task.CompletedTask;
    }
}

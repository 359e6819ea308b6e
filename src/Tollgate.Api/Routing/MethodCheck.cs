using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Api.Authorization;
using Tollgate.Api.Problems;

namespace Tollgate.Api.Routing;

/// <summary>
/// Distinguishes a path of the API that is requested with another method from one that does not exist. The fallback of
/// the program matches every method, so that the framework does not do it.
/// </summary>
internal static class MethodCheck
{
    /// <summary>
    /// Responds with 405 and the methods of a path; returns false if no route of the API has this path.
    /// </summary>
    public static async Task<bool> TryRefuseAsync(HttpContext http)
    {
        var methods = FindMethods(http);
        if (methods.Count == 0)
            return false;
        SecurityHeaders.Set(http);
        var allowed = string.Join(", ", methods);
        http.Response.Headers.Allow = allowed;
        await ProblemWriter.WriteAsync(
            http,
            new ProblemException(
                ProblemCode.MethodNotAllowed,
                $"{http.Request.Path} does not allow {http.Request.Method}. It allows {allowed}."
            )
        );
        return true;
    }

    private static SortedSet<string> FindMethods(HttpContext http)
    {
        var methods = new SortedSet<string>(StringComparer.Ordinal);
        var endpoints = http.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints;
        foreach (var endpoint in endpoints.OfType<RouteEndpoint>())
            if (
                endpoint.Metadata.GetMetadata<ApiRoute>() is { Instead: null } route
                && new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []).TryMatch(http.Request.Path, [])
            )
                methods.Add(route.Method);
        return methods;
    }
}

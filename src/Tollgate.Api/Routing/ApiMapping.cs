using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Api.Authorization;

namespace Tollgate.Api.Routing;

/// <summary>Maps the routes of the table.</summary>
internal static class ApiMapping
{
    /// <summary>Maps a route. The row stays attached to the endpoint, so that the check at startup finds it.</summary>
    public static void MapApi(this IEndpointRouteBuilder routes, ApiEndpoint endpoint, EndpointRunner runner) =>
        routes
            .MapMethods(
                endpoint.Route.Path,
                [endpoint.Route.Method],
                (RequestDelegate)(http => runner.RunAsync(http, endpoint))
            )
            .WithMetadata(endpoint.Route);

    /// <summary>Throws if a route below the API's prefixes was mapped without a row in the table.</summary>
    /// <exception cref="InvalidOperationException">There is such a route; the message names it.</exception>
    public static void RequireRows(IEnumerable<Endpoint> endpoints, IReadOnlyList<string> prefixes)
    {
        foreach (var endpoint in endpoints.OfType<RouteEndpoint>())
        {
            var path = "/" + endpoint.RoutePattern.RawText?.TrimStart('/');
            if (
                endpoint.Metadata.GetMetadata<ApiRoute>() is null
                && prefixes.Any(prefix => path.StartsWith(prefix, StringComparison.Ordinal))
            )
                throw new InvalidOperationException(
                    $"The route {path} is mapped without a row in the table of routes, so nothing checks its rights."
                );
        }
    }
}

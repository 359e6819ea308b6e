using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Gateway.Endpoints;

namespace Tollgate.Gateway;

/// <summary>Maps the gateway's routes.</summary>
public static class GatewayEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps the routes of every dialect, and refuses every other path below a dialect's prefix in that dialect, because
    /// nothing is passed on without a meter. All other paths are left to the application.
    /// </summary>
    /// <param name="endpoints">The routes, of an application with
    /// <see cref="GatewayServiceCollectionExtensions.AddTollgateGateway"/>.</param>
    /// <returns>The routes.</returns>
    /// <exception cref="InvalidOperationException">A service that the gateway needs was not added.</exception>
    public static IEndpointRouteBuilder MapTollgateGateway(this IEndpointRouteBuilder endpoints)
    {
        // Resolved once: no call resolves anything.
        endpoints.ServiceProvider.GetRequiredService<GatewayEndpoints>().Map(endpoints);
        return endpoints;
    }
}

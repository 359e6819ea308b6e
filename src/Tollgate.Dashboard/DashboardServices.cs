using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Dashboard.Assets;
using Tollgate.Dashboard.Routing;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Dashboard;

/// <summary>Adds and maps the dashboard.</summary>
public static class DashboardServices
{
    /// <summary>
    /// Adds the services of the dashboard. It needs those of the management API, whose sessions it uses, and its
    /// <see cref="Workspace"/>.
    /// </summary>
    public static IServiceCollection AddTollgateDashboard(this IServiceCollection services) =>
        services.AddSingleton<PageRunner>().AddSingleton<PageTable>();

    /// <summary>Maps all pages, and the files that they load.</summary>
    public static IEndpointRouteBuilder MapTollgateDashboard(this IEndpointRouteBuilder routes)
    {
        var runner = routes.ServiceProvider.GetRequiredService<PageRunner>();
        foreach (var page in routes.ServiceProvider.GetRequiredService<PageTable>().All)
            routes.MapMethods(
                page.Route.Path,
                HttpMethods.IsGet(page.Route.Method) ? ["GET", "HEAD"] : [page.Route.Method],
                (RequestDelegate)(http => runner.RunAsync(http, page))
            );
        AssetEndpoint.Map(routes);
        return routes;
    }
}

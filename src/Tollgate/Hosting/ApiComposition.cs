using Tollgate.Api;
using Tollgate.Api.Metrics;
using Tollgate.Configuration.Locations;
using Tollgate.Configuration.Settings;
using Tollgate.Gateway.Telemetry;

namespace Tollgate.Hosting;

/// <summary>Composes the management API on the gateway's stores.</summary>
internal static class ApiComposition
{
    /// <summary>Adds the services of the API. A process that serves only the gateway has a few of its routes.</summary>
    public static IServiceCollection AddApi(
        this IServiceCollection services,
        GatewaySettings settings,
        GatewayStores stores
    ) =>
        services
            .AddSingleton(settings.Identity)
            .AddSingleton(ServedModelList.Create(settings.Gateway.Routing))
            .AddSingleton(parts => new MetricsSource(
                parts.GetRequiredService<MetricsPage>().WriteAsync,
                MetricsPage.ContentType
            )
            {
                IsPublic = settings.AllowAnonymousMetrics,
            })
            // The container closes the workspace, which leaves the running ledger open.
            .AddSingleton(_ => WorkspaceLocation.ForRunning(settings, stores.Options, stores.Ledger))
            .AddTollgateApi();
}

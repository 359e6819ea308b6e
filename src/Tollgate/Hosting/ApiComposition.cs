using Tollgate.Api;
using Tollgate.Api.Composition;
using Tollgate.Cli.Simulations;
using Tollgate.Configuration.Locations;
using Tollgate.Configuration.Settings;
using Tollgate.Dashboard;
using Tollgate.Delivery.Pdf;
using Tollgate.Gateway.Telemetry;
using Tollgate.Operations.Jobs;
using Tollgate.Operations.Providers;
using Tollgate.Operations.Status;
using Tollgate.Operations.Workspaces;

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
            // The container closes the workspace, which leaves the running ledger open.
            .AddSingleton(_ => WorkspaceLocation.ForRunning(settings, stores.Options, stores.Ledger))
            .AddSingleton(parts => new ProcessSource
            {
                Version = typeof(ApiComposition).Assembly.GetName().Version!.ToString(3),
                StartedAt = stores.Options.TimeProvider.GetUtcNow(),
                Parts =
                [
                    .. Enum.GetValues<ServedParts>()
                        .Where(part => part != ServedParts.All && settings.Parts.HasFlag(part))
                        .Select(static part => part.ToString().ToLowerInvariant()),
                ],
                ListSettings = settings.ListEffective,
                CatchUpAsync = stores.Registry.CatchUpAsync,
                ReadRegistryHealth = () => stores.Registry.Health,
                Providers = parts.GetRequiredService<ProviderSource>(),
            })
            // Resolved before the first request, when the routes are mapped: that marks interrupted jobs.
            .AddSingleton(parts => new JobQueue(parts.GetRequiredService<Workspace>(), settings.Jobs))
            .AddSingleton(parts => new ApiOptions
            {
                FindVariable = settings.FindVariable,
                DrawSimulation = static result => new SimulationCharts(result).Page(),
                WriteReport = ReportDocument.Write,
                Models = ServedModelList.Create(settings.Gateway.Routing),
                Metrics = new MetricsSource(parts.GetRequiredService<MetricsPage>().WriteAsync, MetricsPage.ContentType)
                {
                    IsPublic = settings.AllowAnonymousMetrics,
                },
            })
            .AddTollgateApi()
            .AddTollgateDashboard();
}

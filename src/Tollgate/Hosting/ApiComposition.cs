using Tollgate.Api;
using Tollgate.Api.Composition;
using Tollgate.Cli.Simulations;
using Tollgate.Configuration.Locations;
using Tollgate.Configuration.Settings;
using Tollgate.Delivery.Pdf;
using Tollgate.Operations.Jobs;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Hosting;

/// <summary>Composes the management API on the gateway's stores.</summary>
internal static class ApiComposition
{
    /// <summary>Adds the services of the API, if this process serves it.</summary>
    public static IServiceCollection AddApi(
        this IServiceCollection services,
        GatewaySettings settings,
        GatewayStores stores
    ) =>
        settings.Parts.HasFlag(ServedParts.Api)
            ? services
                .AddSingleton(settings.Identity)
                // The container closes the workspace, which leaves the running ledger open.
                .AddSingleton(_ => WorkspaceLocation.ForRunning(settings, stores.Options, stores.Ledger))
                // Resolved before the first request, when the routes are mapped: that marks interrupted jobs.
                .AddSingleton(parts => new JobQueue(parts.GetRequiredService<Workspace>(), settings.Jobs))
                .AddSingleton(
                    new ApiOptions
                    {
                        FindVariable = settings.FindVariable,
                        DrawSimulation = static result => new SimulationCharts(result).Page(),
                        WriteReport = ReportDocument.Write,
                    }
                )
                .AddTollgateApi()
            : services;
}

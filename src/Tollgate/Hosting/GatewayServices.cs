using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Limits.Definitions;
using Tollgate.Accounting.Stores;
using Tollgate.Configuration.Settings;
using Tollgate.Gateway;
using Tollgate.Gateway.Probing;
using Tollgate.Gateway.Recording;
using Tollgate.Hosting.Providers;

namespace Tollgate.Hosting;

/// <summary>Composes the services of a gateway.</summary>
internal static class GatewayServices
{
    /// <summary>Adds everything that serves or accompanies calls.</summary>
    public static IServiceCollection AddTollgate(
        this IServiceCollection services,
        GatewaySettings settings,
        GatewayStores stores,
        CallPricer pricer,
        TimeProvider clock
    ) =>
        services
            .AddSingleton(settings)
            .AddSingleton(settings.Alerts)
            .AddSingleton(clock)
            .AddSingleton(pricer)
            .AddStores(stores)
            .AddLimits()
            .AddTollgateGateway(settings.Gateway)
            .AddProviders(settings)
            .AddApi(settings, stores)
            .AddOpenTelemetryExport(settings)
            .AddHostedServices(stores);

    /// <summary>Adds the open stores as instances, which the container leaves open: they are closed after it.</summary>
    private static IServiceCollection AddStores(this IServiceCollection services, GatewayStores stores)
    {
        services
            .AddSingleton(stores.Loggers)
            .AddSingleton(stores)
            .AddSingleton(stores.Ledger)
            .AddSingleton(stores.Registry);
        return stores.Transcripts is { } transcripts ? services.AddSingleton(transcripts) : services;
    }

    /// <summary>Adds the limits; the container disposes the admission controller, which returns its leases.</summary>
    private static IServiceCollection AddLimits(this IServiceCollection services) =>
        services
            .AddSingleton(static parts => new AdmissionController(
                parts.GetRequiredService<GatewayStores>().Ledger.Limits,
                parts.GetRequiredService<GatewayStores>().Ledger.InstanceId,
                parts.GetRequiredService<TimeProvider>(),
                parts.GetRequiredService<GatewaySettings>().AdmissionWithAlerts with
                {
                    LoggerFactory = parts.GetRequiredService<ILoggerFactory>(),
                }
            ))
            .AddSingleton(static parts => new LimitSynchronizer(
                parts.GetRequiredService<GatewayStores>().Registry,
                parts.GetRequiredService<AdmissionController>(),
                parts.GetRequiredService<ILogger<LimitSynchronizer>>()
            ));

    /// <summary>Adds the stored keys of providers, and their description for the use cases.</summary>
    private static IServiceCollection AddProviders(this IServiceCollection services, GatewaySettings settings) =>
        services
            .AddSingleton<ProviderKeyWatch>()
            .AddSingleton(parts =>
            {
                var (watch, routes) = (
                    parts.GetRequiredService<ProviderKeyWatch>(),
                    parts.GetRequiredService<GatewayRoutes>()
                );
                return new ProviderOverview(
                    settings,
                    () => watch.Keys,
                    routes.ReadDeployments,
                    parts.GetRequiredService<ProviderProbe>()
                ).ToSource();
            });

    /// <summary>
    /// Adds what runs beside the calls. The host starts these services in this order, then the web server; it stops the
    /// web server first, then these in reverse order.
    /// </summary>
    private static IServiceCollection AddHostedServices(this IServiceCollection services, GatewayStores stores)
    {
        // 1. The configuration's limits and the stored keys are in force before anything looks at them, and before the
        // first call.
        services.AddHostedService<LimitImporter>();

        services.AddHostedService(static parts => parts.GetRequiredService<ProviderKeyWatch>());

        // 2. No call is served that another data folder would count, too.
        if (stores.ServerWithoutLimits is { } server)
            services.AddHostedService(parts => CreateGuard(parts, server));

        // 3. The counters and the ledger are kept right.
        services.AddHostedService<ReconcileTimer>();
        services.AddHostedService<RecoveryTimer>();

        // 4. Reports of all this start later, and so stop earlier than the services that they are about.
        services.AddHostedService<AlertService>();
        services.AddHostedService<BacklogWatch>();
        services.AddHostedService<IdleMemory>();
        services.AddHostedService<SignInCleanUp>();

        // 5. The last to start, and so the first to stop after the web server: all of the above still run while the
        // last calls are recorded.
        return services.AddHostedService<InFlightDrain>();
    }

    private static SingleInstanceGuard CreateGuard(IServiceProvider parts, ILedgerStore server)
    {
        var clock = parts.GetRequiredService<TimeProvider>();
        return new SingleInstanceGuard(
            server,
            parts.GetRequiredService<AdmissionController>(),
            DataFolderIdentity.CreateHeartbeat(parts.GetRequiredService<GatewaySettings>().DataFolder, clock),
            clock,
            parts.GetRequiredService<ILogger<SingleInstanceGuard>>()
        );
    }
}

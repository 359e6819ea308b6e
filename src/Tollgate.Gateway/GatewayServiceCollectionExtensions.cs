using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Transcripts.Writing;
using Tollgate.Gateway.Access;
using Tollgate.Gateway.Calls;
using Tollgate.Gateway.Endpoints;
using Tollgate.Gateway.Forwarding;
using Tollgate.Gateway.Pipeline;
using Tollgate.Gateway.Probing;
using Tollgate.Gateway.Recording;
using Tollgate.Gateway.Requests;
using Tollgate.Gateway.Routing;
using Tollgate.Gateway.Telemetry;
using Tollgate.Gateway.Transcripts;
using Tollgate.Metering.Pricing;

namespace Tollgate.Gateway;

/// <summary>Adds the gateway to an application's services.</summary>
public static class GatewayServiceCollectionExtensions
{
    /// <summary>
    /// Adds the gateway, which <see cref="GatewayEndpointRouteBuilderExtensions.MapTollgateGateway"/> maps.
    /// </summary>
    /// <remarks>
    /// The application adds, as singletons, the <see cref="UsageLedger"/>, the <see cref="RegistryWatcher"/> of the
    /// virtual keys, and the <see cref="AdmissionController"/> of the limits, all of them open. It may add a
    /// <see cref="TranscriptLog"/>, a <see cref="CallPricer"/> with prices of its own, and a
    /// <see cref="TimeProvider"/>. It may use the <see cref="MetricsPage"/>, the <see cref="ReadAccess"/> to other
    /// pages, the <see cref="GatewayRoutes"/>, the <see cref="ProviderProbe"/>, and the <see cref="InFlightCalls"/>.
    /// </remarks>
    /// <param name="services">The services.</param>
    /// <param name="options">
    /// The options; they are validated when the application starts, which throws an
    /// <see cref="OptionsValidationException"/> that lists what is wrong.
    /// </param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddTollgateGateway(this IServiceCollection services, GatewayOptions options)
    {
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(static _ => new CallPricer(BuiltInPrices.Book));
        services.AddOptions<GatewayOptions>().ValidateOnStart();
        services.AddSingleton<IValidateOptions<GatewayOptions>, GatewayOptionsValidator>();
        services.AddSingleton<IOptionsFactory<GatewayOptions>>(parts => new GatewayOptionsFactory(
            options,
            parts.GetServices<IValidateOptions<GatewayOptions>>()
        ));
        return services.AddAccess().AddRequests().AddForwarding().AddRecording().AddPipeline();
    }

    private static GatewayOptions Options(IServiceProvider parts) =>
        parts.GetRequiredService<IOptions<GatewayOptions>>().Value;

    private static IServiceCollection AddAccess(this IServiceCollection services) =>
        services
            .AddSingleton<VirtualKeyAuthenticator>()
            .AddSingleton(static parts => new RegistryAccessPolicy(
                new RegistryRules(parts.GetRequiredService<RegistryWatcher>(), Options(parts).RegistryRequirements)
            ))
            // A rule that calls must carry a value does not apply to readers, so theirs is a policy without it.
            .AddSingleton(static parts => new ReadAccess(
                parts.GetRequiredService<VirtualKeyAuthenticator>(),
                new RegistryAccessPolicy(new RegistryRules(parts.GetRequiredService<RegistryWatcher>()))
            ));

    private static IServiceCollection AddRequests(this IServiceCollection services) =>
        services
            .AddSingleton(static parts => new RequestMemoryBudget(Options(parts).RequestMemoryBytes))
            .AddSingleton(static parts => new RequestReader(
                parts.GetRequiredService<RequestMemoryBudget>(),
                Options(parts).MaxRequestBodyBytes
            ))
            .AddSingleton(static parts => new RouteTable(Options(parts).Routing))
            .AddSingleton(static parts => new GatewayRoutes(
                parts.GetRequiredService<RouteTable>(),
                parts.GetRequiredService<TimeProvider>()
            ))
            .AddSingleton<ProviderProbe>();

    private static IServiceCollection AddForwarding(this IServiceCollection services) =>
        services
            .AddSingleton(static parts => new UpstreamClients(
                Options(parts).Routing,
                parts.GetRequiredService<TimeProvider>()
            ))
            .AddSingleton<RetryingForwarder>()
            .AddSingleton(static parts => new InFlightCalls(
                parts.GetRequiredService<UpstreamClients>(),
                parts.GetRequiredService<GatewayTelemetry>(),
                parts.GetRequiredService<TimeProvider>()
            ));

    private static IServiceCollection AddRecording(this IServiceCollection services) =>
        services
            .AddSingleton<CallAdmission>()
            .AddSingleton<CallRecorder>()
            .AddSingleton<CallTranscripts>()
            .AddSingleton<MetricsPage>()
            .AddSingleton(CreateTelemetry);

    private static IServiceCollection AddPipeline(this IServiceCollection services) =>
        services
            .AddSingleton<RefusalWriter>()
            .AddSingleton<CallPreparer>()
            .AddSingleton<CallDispatcher>()
            .AddSingleton<CallRelay>()
            .AddSingleton<CallPipeline>()
            .AddSingleton<ModelList>()
            .AddSingleton<GatewayCallFactory>()
            .AddSingleton<GatewayEndpoints>();

    private static GatewayTelemetry CreateTelemetry(IServiceProvider parts)
    {
        var logger = parts.GetRequiredService<ILogger<GatewayTelemetry>>();
        var routes = parts.GetRequiredService<RouteTable>();
        var pricer = parts.GetRequiredService<CallPricer>();
        return new GatewayTelemetry(
            model => routes.ContainsModel(model) || pricer.Prices.ModelNames.Contains(model),
            parts.GetRequiredService<IMeterFactory>(),
            logger,
            Options(parts).LogCalls
        );
    }
}

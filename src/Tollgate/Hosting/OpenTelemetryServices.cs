using System.Collections;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Tollgate.Configuration.Settings;
using Tollgate.Gateway.Telemetry;

namespace Tollgate.Hosting;

/// <summary>
/// Sends traces and metrics to an OpenTelemetry collector, if one is configured; otherwise nothing listens to them. The
/// exporter reads the other standard <c>OTEL_*</c> variables itself: protocol, headers, intervals.
/// </summary>
internal static class OpenTelemetryServices
{
    /// <summary>
    /// The meters of .NET itself: web server, connections to providers, garbage collector, thread pool. For metrics,
    /// the packages of instrumentation do nothing but add such meters.
    /// </summary>
    private static readonly string[] PlatformMeters =
    [
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "System.Net.Http",
        "System.Runtime",
    ];

    /// <summary>
    /// Adds the standard variables, and no others. The exporter reads them from the host's configuration, which is
    /// empty otherwise.
    /// </summary>
    public static void AddOpenTelemetryVariables(this IConfigurationBuilder configuration) =>
        configuration.AddInMemoryCollection(
            Environment
                .GetEnvironmentVariables()
                .Cast<DictionaryEntry>()
                .Select(static variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value))
                .Where(static variable => variable.Key.StartsWith("OTEL_", StringComparison.Ordinal))
        );

    /// <summary>
    /// Adds the export. The container flushes what is still buffered when it is disposed, after the last call.
    /// </summary>
    public static IServiceCollection AddOpenTelemetryExport(this IServiceCollection services, GatewaySettings settings)
    {
        if (settings.OtlpEndpoint is not { } collector)
            return services;
        services
            .AddOpenTelemetry()
            // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES precede the name in code.
            .ConfigureResource(static resource => resource.AddService("tollgate").AddEnvironmentVariableDetector())
            .WithTracing(traces =>
                traces
                    .AddSource(TelemetryNames.Source)
                    .AddOtlpExporter(options => Send(options, collector, "v1/traces"))
            )
            .WithMetrics(metrics =>
                metrics
                    .AddMeter(TelemetryNames.Source)
                    .AddMeter(PlatformMeters)
                    .AddOtlpExporter(options => Send(options, collector, "v1/metrics"))
            );
        return services;
    }

    /// <summary>
    /// The exporter uses an endpoint set in code unchanged, and appends the signal's path only to one from the
    /// variable.
    /// </summary>
    private static void Send(OtlpExporterOptions options, Uri collector, string path) =>
        options.Endpoint =
            options.Protocol == OtlpExportProtocol.Grpc
                ? collector
                : new Uri($"{collector.AbsoluteUri.TrimEnd('/')}/{path}");
}

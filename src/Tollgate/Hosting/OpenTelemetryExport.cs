using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Tollgate.Configuration.Settings;
using Tollgate.Gateway.Telemetry;

namespace Tollgate.Hosting;

/// <summary>
/// Sends traces and metrics to an OpenTelemetry collector, if one is configured. The exporter reads the other standard
/// <c>OTEL_*</c> variables itself: protocol, headers, intervals.
/// </summary>
internal sealed class OpenTelemetryExport(GatewaySettings settings) : IHostedService
{
    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.OtlpEndpoint is not { } collector)
            return Task.CompletedTask;
        var resource = ResourceBuilder.CreateDefault().AddService("tollgate");
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(TelemetryNames.Source)
            .AddOtlpExporter(options => Send(options, collector, "v1/traces"))
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(TelemetryNames.Source)
            .AddOtlpExporter(options => Send(options, collector, "v1/metrics"))
            .Build();
        return Task.CompletedTask;
    }

    /// <summary>Flushes what is still buffered.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _traces?.Dispose();
        _metrics?.Dispose();
        return Task.CompletedTask;
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

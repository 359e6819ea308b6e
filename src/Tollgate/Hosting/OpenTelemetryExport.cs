using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Tollgate.Gateway.Telemetry;

namespace Tollgate.Hosting;

/// <summary>
/// Sends traces and metrics to an OpenTelemetry collector, if one is configured. The exporter reads the other standard
/// <c>OTEL_*</c> variables itself: protocol, headers, intervals.
/// </summary>
internal sealed class OpenTelemetryExport : IAsyncDisposable
{
    private readonly TracerProvider? _traces;
    private readonly MeterProvider? _metrics;

    private OpenTelemetryExport(TracerProvider? traces, MeterProvider? metrics) =>
        (_traces, _metrics) = (traces, metrics);

    /// <summary>Starts exporting, or does nothing if no collector is configured.</summary>
    public static OpenTelemetryExport Start(Uri? collector)
    {
        if (collector is null)
            return new OpenTelemetryExport(null, null);
        var resource = ResourceBuilder.CreateDefault().AddService("tollgate");
        return new OpenTelemetryExport(
            Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(resource)
                .AddSource(TelemetryNames.Source)
                .AddOtlpExporter(options => Send(options, collector, "v1/traces"))
                .Build(),
            Sdk.CreateMeterProviderBuilder()
                .SetResourceBuilder(resource)
                .AddMeter(TelemetryNames.Source)
                .AddOtlpExporter(options => Send(options, collector, "v1/metrics"))
                .Build()
        );
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

    /// <summary>Flushes what is still buffered.</summary>
    public ValueTask DisposeAsync()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
        return ValueTask.CompletedTask;
    }
}

using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Tollgate.Gateway.Telemetry;

namespace Tollgate.Hosting;

/// <summary>
/// Sends traces and metrics to an OpenTelemetry collector, where one is named. The exporter reads the standard
/// <c>OTEL_*</c> variables itself: endpoint, protocol, headers, intervals.
/// </summary>
internal sealed class OpenTelemetryExport : IAsyncDisposable
{
    /// <summary>The variable that turns the export on.</summary>
    public const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private readonly TracerProvider? _traces;
    private readonly MeterProvider? _metrics;

    private OpenTelemetryExport(TracerProvider? traces, MeterProvider? metrics) => (_traces, _metrics) = (traces, metrics);

    /// <summary>Starts exporting, or does nothing where no endpoint is set.</summary>
    public static OpenTelemetryExport Start()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(EndpointVariable))) return new OpenTelemetryExport(null, null);
        var resource = ResourceBuilder.CreateDefault().AddService("tollgate");
        return new OpenTelemetryExport(
            Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(TelemetryNames.Source).AddOtlpExporter().Build(),
            Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(TelemetryNames.Source).AddOtlpExporter().Build());
    }

    /// <summary>Sends what is left.</summary>
    public ValueTask DisposeAsync()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
        return ValueTask.CompletedTask;
    }
}

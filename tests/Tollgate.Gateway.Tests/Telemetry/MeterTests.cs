using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Tollgate.Gateway.Telemetry;
using Tollgate.SimulatedProvider;
using Tollgate.SimulatedProvider.Scripting;
using Tollgate.Testing.Gateways;

namespace Tollgate.Gateway.Tests.Telemetry;

/// <summary>Each gateway has a meter of its own, so that two of them in one process are told apart.</summary>
public class MeterTests
{
    [Fact]
    public async Task Measures_only_the_calls_of_its_own_gateway()
    {
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        await using var gateway = await InProcessGateway.StartAsync(provider.BaseAddress);
        await using var other = await InProcessGateway.StartAsync(provider.BaseAddress);
        var tokens = new ConcurrentBag<long>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == gateway.Meters && instrument.Name == TelemetryNames.Metrics.TokenUsage)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => tokens.Add(count));
        listener.Start();

        (await other.ChatAsync("input=7 output=3")).Dispose();
        (await gateway.ChatAsync("input=11 output=5")).Dispose();
        await gateway.RecordsAsync(1);

        tokens.ShouldBe([11, 5], ignoreOrder: true);
    }
}

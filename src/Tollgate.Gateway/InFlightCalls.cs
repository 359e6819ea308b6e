using Tollgate.Gateway.Forwarding;
using Tollgate.Gateway.Telemetry;

namespace Tollgate.Gateway;

/// <summary>The calls in flight, for a host that stops.</summary>
public sealed class InFlightCalls
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    private readonly UpstreamClients _clients;
    private readonly GatewayTelemetry _telemetry;
    private readonly TimeProvider _clock;

    internal InFlightCalls(UpstreamClients clients, GatewayTelemetry telemetry, TimeProvider clock) =>
        (_clients, _telemetry, _clock) = (clients, telemetry, clock);

    /// <summary>The number of calls in flight.</summary>
    public long Count => _telemetry.InFlight;

    /// <summary>
    /// Aborts the upstream requests of all calls, which are then booked at what was received. The web server must drop
    /// the callers next: if it did so first, they would look as if they had disconnected by themselves.
    /// </summary>
    public Task AbortAsync() => _clients.AbortInFlightAsync();

    /// <summary>
    /// Waits until no call is in flight, so that all are booked. Returns false if some are left after the timeout.
    /// </summary>
    public async Task<bool> DrainAsync(TimeSpan timeout)
    {
        for (var began = _clock.GetTimestamp(); Count > 0; await Task.Delay(Interval, _clock))
            if (_clock.GetElapsedTime(began) > timeout)
                return false;
        return true;
    }
}

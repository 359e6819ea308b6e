using System.Diagnostics;
using Tollgate.Gateway.Endpoints;
using Tollgate.Metering.Usage;

namespace Tollgate.Gateway.Telemetry;

internal sealed class GatewayTelemetry
{
    public Activity? Begin(GatewayCall call) => null;

    public void Refused(GatewayCall call, GatewayError error)
    {
    }

    public void Ended(GatewayCall call, UsageRecord record)
    {
    }
}

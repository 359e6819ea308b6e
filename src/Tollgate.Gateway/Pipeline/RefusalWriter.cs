using Microsoft.AspNetCore.Http;
using Tollgate.Gateway.Calls;
using Tollgate.Gateway.Dialects;
using Tollgate.Gateway.Telemetry;
using Tollgate.Gateway.Transcripts;

namespace Tollgate.Gateway.Pipeline;

/// <summary>Refuses requests in the caller's dialect, and leaves a trace of each refusal.</summary>
internal sealed class RefusalWriter(GatewayTelemetry telemetry, CallTranscripts transcripts)
{
    /// <summary>Refuses a call.</summary>
    public Task WriteAsync(GatewayCall call, GatewayError error)
    {
        telemetry.RecordRefusal(call, error);
        transcripts.WriteDenial(call, error, call.Key);
        return ResponseWriter.WriteErrorAsync(call.Http, call.Dialect, error, call.RequestId);
    }

    /// <summary>Refuses a request that is not a call, such as one for an unknown route or for the models.</summary>
    public Task WriteAsync(HttpContext http, IDialect dialect, GatewayError error)
    {
        transcripts.WriteDenial(error);
        return ResponseWriter.WriteErrorAsync(http, dialect, error, "");
    }
}

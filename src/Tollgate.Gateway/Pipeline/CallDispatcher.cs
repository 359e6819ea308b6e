using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Tollgate.Accounting;
using Tollgate.Gateway.Calls;
using Tollgate.Gateway.Dialects;
using Tollgate.Gateway.Forwarding;
using Tollgate.Gateway.Recording;
using Tollgate.Gateway.Telemetry;
using Tollgate.Gateway.Transcripts;

namespace Tollgate.Gateway.Pipeline;

/// <summary>Forwards a prepared call, and has its response relayed.</summary>
internal sealed class CallDispatcher(
    RetryingForwarder forwarder,
    CallRelay relay,
    CallRecorder recorder,
    CallTranscripts transcripts,
    ILogger<CallDispatcher> logger
)
{
    /// <summary>Takes step 5, and the relay's after it; returns null if the caller has a response.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<GatewayError?> DispatchAsync(GatewayCall call)
    {
        if (transcripts.CapturesPrompts && await transcripts.WritePromptAsync(call) is { } unwritten)
            return unwritten;

        // 5. Get a response. Attempts that yield none are booked on the way.
        var (attempt, error) = await forwarder.ForwardAsync(call);
        if (attempt is null)
            return error;
        using var ending = attempt;
        try
        {
            return await relay.RelayAsync(call, attempt);
        }
        catch (Exception exception) when (!attempt.IsBooked && exception is not LedgerUnavailableException)
        {
            // The provider charges for the call, whatever went wrong here.
            GatewayLog.CallFailed(logger, call.RequestId, exception);
            await recorder.BookAsync(call, attempt, ResponseOutcome.GatewayFailed, default, 0);
            return CallRelay.GetInterruptionError(call, ResponseOutcome.GatewayFailed, attempt);
        }
    }
}

using Tollgate.Gateway.Calls;
using Tollgate.Gateway.Dialects;
using Tollgate.Gateway.Forwarding;
using Tollgate.Gateway.Recording;
using Tollgate.Gateway.Routing;
using Tollgate.Gateway.Telemetry;
using Tollgate.Gateway.Transcripts;
using Tollgate.Metering.Tokens;
using Tollgate.Metering.Usage;
using Tollgate.Metering.Wire;

namespace Tollgate.Gateway.Pipeline;

/// <summary>Relays a provider's response to the caller, and books the call before the response is complete.</summary>
internal sealed class CallRelay(
    RouteTable routes,
    CallRecorder recorder,
    GatewayTelemetry telemetry,
    CallTranscripts transcripts,
    TimeProvider clock
)
{
    /// <summary>Takes steps 6 to 8; returns an error if the caller has received nothing yet.</summary>
    public async ValueTask<GatewayError?> RelayAsync(GatewayCall call, Attempt attempt)
    {
        // 6. Relay everything that does not have to wait.
        await using var stream = await attempt.Response!.Content.ReadAsStreamAsync(CancellationToken.None);
        using var body = new UpstreamBody(stream, attempt.Deadline, routes.Options.IdleTimeout, clock);
        var transcript = CreateTranscript(call);
        var meter = transcript ?? call.Operation.CreateMeter();
        using var text = CreateTextCapture(call, attempt);
        meter.Text = text;
        var (relay, unreadable) = ResponseRelay.Create(
            call,
            attempt,
            body,
            meter,
            call.WantsCost ? CreateCostInjector(call, attempt, meter) : null
        );
        if (relay is null)
        {
            await recorder.BookAsync(
                call,
                attempt,
                new ResponseOutcome(CallOutcome.ProviderError, "invalid_upstream_response"),
                default,
                0
            );
            return unreadable;
        }

        using var relaying = relay;
        call.Http.Response.StatusCode = attempt.StatusCode;
        HeaderRules.CopyToCaller(attempt.Response, call.Http.Response, relay.DecodesForCaller);
        var end = await relay.PumpAsync();

        // 7. Book it; only a durable record releases the rest.
        var record = await recorder.BookAsync(call, attempt, end, meter.Reading, body.FirstByteAt);
        telemetry.RecordCall(record, clock.GetElapsedTime(call.StartedTimestamp));
        if (transcript is not null)
            await transcripts.WriteResponseAsync(call, attempt, end, meter.Reading, transcript);

        // 8. Release the rest. A response that was cut off at the provider is cut off here.
        if (!end.IsComplete)
            return GetInterruptionError(call, end, attempt);
        attempt.Deadline.Complete();
        if (relay.IsFullyBuffered && record.Cost is { } cost)
            call.Http.Response.Headers["x-tollgate-cost"] = cost.ToString();
        await relay.ReleaseAsync();
        return null;
    }

    /// <summary>A meter that also keeps the response for its transcript; null if no transcript is recorded.</summary>
    private TranscriptMeter? CreateTranscript(GatewayCall call) =>
        transcripts.CapturesResponses
            ? new TranscriptMeter(call.Operation.CreateMeter(), transcripts.MaxTextBytes)
            : null;

    private CostInjector? CreateCostInjector(GatewayCall call, Attempt attempt, IUsageMeter meter) =>
        call.Operation.UsageLocation is { } statement
            ? new CostInjector(statement, meter, reading => recorder.GetCost(attempt, reading))
            : null;

    /// <summary>
    /// A capture for the text of a stream whose tokens can be counted exactly, should it be cut off, or whose
    /// transcript is recorded; null for others.
    /// </summary>
    private ReceivedText? CreateTextCapture(GatewayCall call, Attempt attempt)
    {
        if (!call.IsStreaming)
            return null;
        var counter = TokenCounter.ForModel(attempt.Target.Deployment.PricedAs ?? attempt.Model)
            is { IsExact: true } exact
            ? exact
            : null;
        if (transcripts.CapturesResponses)
            return new ReceivedText(counter, transcripts.MaxTextBytes);
        return counter is null ? null : new ReceivedText(counter);
    }

    /// <summary>
    /// The error for a response that stopped in the middle; null if the caller already has a part of it, whose
    /// connection is then aborted.
    /// </summary>
    public static GatewayError? GetInterruptionError(GatewayCall call, ResponseOutcome end, Attempt attempt)
    {
        if (call.Http.Response.HasStarted || end.EndedLocally)
        {
            call.Http.Abort();
            return null;
        }

        var deployment = attempt.Target.Deployment;
        return end.Outcome == CallOutcome.TimedOut
            ? GatewayError.TimedOut(
                $"The provider {deployment.Provider} ({deployment.Name}) stopped sending in the middle of its response."
            )
            : GatewayError.ProviderFailed(
                $"The provider {deployment.Provider} ({deployment.Name}) "
                    + "closed the connection in the middle of its response."
            );
    }
}

using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Tollgate.Accounting;
using Tollgate.Gateway.Access;
using Tollgate.Gateway.Calls;
using Tollgate.Gateway.Dialects;
using Tollgate.Gateway.Forwarding;
using Tollgate.Gateway.Recording;
using Tollgate.Gateway.Requests;
using Tollgate.Gateway.Routing;
using Tollgate.Gateway.Telemetry;
using Tollgate.Gateway.Transcripts;
using Tollgate.Metering.Tokens;
using Tollgate.Metering.Usage;
using Tollgate.Metering.Wire;

namespace Tollgate.Gateway.Endpoints;

/// <summary>
/// Takes a call through the gateway, from the caller's request to a priced record and the last byte of the response.
/// </summary>
internal sealed class GatewayEndpoints(
    VirtualKeyAuthenticator authenticator,
    RegistryAccessPolicy members,
    RequestReader reader,
    RequestMemoryBudget memory,
    RouteTable routes,
    Forwarder forwarder,
    CallRecorder recorder,
    GatewayTelemetry telemetry,
    ModelList models,
    ReadAccess access,
    CallTranscripts? audit,
    TimeProvider clock,
    ILogger logger
)
{
    /// <summary>Maps every path of every dialect. No path is served without a meter.</summary>
    public void Map(IEndpointRouteBuilder app)
    {
        foreach (var dialect in Dialects.All)
            foreach (var operation in dialect.Operations)
                foreach (var path in operation.Paths)
                    app.MapPost(path, (RequestDelegate)(http => HandleAsync(http, dialect, operation)));
        models.Map(app, access, audit);
        app.MapFallback("{*path}", RejectUnknownRouteAsync);
    }

    private async Task HandleAsync(HttpContext http, IDialect dialect, Operation operation)
    {
        using var call = new GatewayCall(http, dialect, operation, memory, clock);
        http.Response.Headers["x-tollgate-request-id"] = call.RequestId;
        using var activity = telemetry.Begin(call);
        try
        {
            var error = await PrepareAsync(call) ?? await ServeAsync(call);
            if (error is not null)
                await RejectAsync(call, error);
        }
        catch (LedgerUnavailableException exception)
        {
            GatewayLog.LedgerUnavailable(logger, call.RequestId, exception.Message);
            await RejectAsync(
                call,
                GatewayError.Overloaded(
                    "The usage ledger cannot be written at the moment, so no calls are forwarded.",
                    TimeSpan.FromSeconds(1),
                    "ledger_unavailable"
                )
            );
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller disconnected before anything was sent: there is no response to write and nothing to book.
        }
        catch (BadHttpRequestException exception)
        {
            await RejectAsync(
                call,
                new GatewayError(
                    GatewayErrorKind.InvalidRequest,
                    exception.StatusCode,
                    exception.Message,
                    "bad_request"
                )
            );
        }
        catch (Exception exception)
        {
            GatewayLog.CallFailed(logger, call.RequestId, exception);
            await ResponseWriter.WriteErrorAsync(
                http,
                dialect,
                GatewayError.ProviderFailed(
                    $"Internal gateway error. See the gateway log (request id {call.RequestId}).",
                    500,
                    "gate_fault"
                ),
                call.RequestId
            );
        }
        finally
        {
            telemetry.End();
        }
    }

    private Task RejectAsync(GatewayCall call, GatewayError error)
    {
        telemetry.RecordRefusal(call, error);
        audit?.WriteDenial(call, error, call.Key);
        return ResponseWriter.WriteErrorAsync(call.Http, call.Dialect, error, call.RequestId);
    }

    private Task RejectUnknownRouteAsync(HttpContext http)
    {
        var error = Dialects.UnknownRoute(http.Request);
        audit?.WriteDenial(error);
        return ResponseWriter.WriteErrorAsync(http, Dialects.Guess(http.Request), error, "");
    }

    /// <summary>Steps 1 to 4: everything that is decided before the call is forwarded.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<GatewayError?> PrepareAsync(GatewayCall call)
    {
        // 1. Authenticate the caller.
        var (key, refusal) = authenticator.Authenticate(call.Http, call.Dialect.GetCredential(call.Http.Request));
        call.Key = key;
        if (refusal is not null)
            return refusal;
        if (key is null && LoopbackOnlyPolicy.Check(call.Http.Request) is { } foreign)
            return foreign;
        if (!recorder.IsReady)
            return GatewayError.Overloaded(
                "The usage ledger cannot be written at the moment, so no calls are forwarded.",
                TimeSpan.FromSeconds(1),
                "ledger_unavailable"
            );

        // 2. Read the request.
        if (await reader.ReadAsync(call.Http, call.Body) is { } unread)
            return unread;
        if (RequestInspector.TryRead(call.Body.Bytes, call.Fields) is { } error)
            return GatewayError.Invalid(error);
        var model = call.Http.Request.RouteValues.TryGetValue("model", out var named)
            ? (string?)named
            : call.Fields.Model;
        if (string.IsNullOrWhiteSpace(model))
            return GatewayError.Invalid("The request does not name a model. Set 'model'.", "missing_model");
        if (ModelName.Validate(model) is { } misnamed)
            return GatewayError.Invalid(misnamed, "invalid_model");
        call.CallerModel = model;

        // 3. Authorize the call and attribute it.
        if (VirtualKeyAuthenticator.AuthorizeModel(key, model) is { } forbidden)
            return forbidden;
        if (CallerAttribution.Validate(call.Http.Request.Headers) is { } overlong)
            return GatewayError.Invalid(overlong, "invalid_header");
        call.Attribution = CallerAttribution.Create(key, call.Http.Request.Headers, call.Fields.EndUser);
        if (members.Check(call.Attribution) is { } unwelcome)
            return unwelcome;

        // 4. Find a route.
        call.Route = routes.Resolve(call.Dialect.Wire, call.Dialect.DefaultProvider, model);
        return call.Route.Plan is null ? GatewayError.NotFound(call.Route.Reason!, "model_not_found") : null;
    }

    /// <summary>Step 5: forward the call.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<GatewayError?> ServeAsync(GatewayCall call)
    {
        if (audit is { CapturesPrompts: true } && await audit.WritePromptAsync(call) is { } unaudited)
            return unaudited;

        // 5. Get a response. Attempts that yield none are booked on the way.
        var (attempt, error) = await forwarder.ForwardAsync(call);
        if (attempt is null)
            return error;
        using var ending = attempt;
        try
        {
            return await RelayAsync(call, attempt);
        }
        catch (Exception exception) when (!attempt.IsBooked && exception is not LedgerUnavailableException)
        {
            // The provider charges for the call, whatever went wrong here.
            GatewayLog.CallFailed(logger, call.RequestId, exception);
            await recorder.BookAsync(call, attempt, ResponseOutcome.GatewayFailed, default, 0);
            return GetInterruptionError(call, ResponseOutcome.GatewayFailed, attempt);
        }
    }

    /// <summary>Steps 6 to 8: relay the response and book the call.</summary>
    private async ValueTask<GatewayError?> RelayAsync(GatewayCall call, Attempt attempt)
    {
        // 6. Relay everything that does not have to wait.
        await using var stream = await attempt.Response!.Content.ReadAsStreamAsync(CancellationToken.None);
        using var body = new UpstreamBody(stream, attempt.Deadline, routes.Options.IdleTimeout, clock);
        var meter = CreateMeter(call);
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
                new ResponseOutcome(CallOutcome.ProviderError, "unreadable_answer"),
                default,
                0
            );
            return unreadable;
        }

        using var relaying = relay;
        call.Http.Response.StatusCode = attempt.StatusCode;
        HeaderRules.CopyToCaller(attempt.Response, call.Http.Response, ResponseRelay.Decodes(relay, attempt.Response));
        var end = await relay.PumpAsync();

        // 7. Book it; only a durable record releases the rest.
        var record = await recorder.BookAsync(call, attempt, end, meter.Reading, body.FirstByteAt);
        telemetry.RecordCall(record, clock.GetElapsedTime(call.StartedTimestamp));
        if (meter is TranscriptMeter audited)
            await audit!.WriteResponseAsync(call, attempt, end, meter.Reading, audited);

        // 8. Release the rest. A response that was cut off at the provider is cut off here.
        if (!end.IsComplete)
            return GetInterruptionError(call, end, attempt);
        attempt.Deadline.Complete();
        if (relay is BufferedRelay { IsFullyBuffered: true } && record.Cost is { } cost)
            call.Http.Response.Headers["x-tollgate-cost"] = cost.ToString();
        await relay.ReleaseAsync();
        return null;
    }

    private IUsageMeter CreateMeter(GatewayCall call)
    {
        var meter = call.Operation.CreateMeter();
        return audit is { CapturesResponses: true } ? new TranscriptMeter(meter, audit.MaxTextBytes) : meter;
    }

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
        if (audit is { CapturesResponses: true })
            return new ReceivedText(counter, audit.MaxTextBytes);
        return counter is null ? null : new ReceivedText(counter);
    }

    private static GatewayError? GetInterruptionError(GatewayCall call, ResponseOutcome end, Attempt attempt)
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
                $"The provider {deployment.Provider} ({deployment.Name}) closed the connection in the middle of its "
                    + $"response."
            );
    }
}

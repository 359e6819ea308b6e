using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tollgate.Accounting;
using Tollgate.Gateway.Calls;
using Tollgate.Gateway.Dialects;
using Tollgate.Gateway.Telemetry;

namespace Tollgate.Gateway.Pipeline;

/// <summary>
/// Takes a call through the gateway, from the caller's request to a priced record and the last byte of the response.
/// </summary>
internal sealed class CallPipeline(
    CallPreparer preparer,
    CallDispatcher dispatcher,
    RefusalWriter refusals,
    GatewayTelemetry telemetry,
    ILogger<CallPipeline> logger
)
{
    /// <summary>Handles a call, and disposes it; whatever goes wrong is reported in the caller's dialect.</summary>
    public async Task HandleAsync(GatewayCall call)
    {
        using var ending = call;
        call.Http.Response.Headers["x-tollgate-request-id"] = call.RequestId;
        using var activity = telemetry.Begin(call);
        try
        {
            var error = await preparer.PrepareAsync(call) ?? await dispatcher.DispatchAsync(call);
            if (error is not null)
                await refusals.WriteAsync(call, error);
        }
        catch (LedgerUnavailableException exception)
        {
            GatewayLog.LedgerUnavailable(logger, call.RequestId, exception.Message);
            await refusals.WriteAsync(call, GatewayError.LedgerUnavailable);
        }
        catch (OperationCanceledException) when (call.Http.RequestAborted.IsCancellationRequested)
        {
            // The caller disconnected before anything was sent: there is no response to write and nothing to book.
        }
        catch (BadHttpRequestException exception)
        {
            await refusals.WriteAsync(
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
                call.Http,
                call.Dialect,
                GatewayError.ProviderFailed(
                    $"Internal gateway error. See the gateway log (request id {call.RequestId}).",
                    500,
                    "gateway_error"
                ),
                call.RequestId
            );
        }
        finally
        {
            telemetry.End();
        }
    }
}

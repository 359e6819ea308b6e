using System.Net;
using System.Runtime.CompilerServices;
using Tollgate.Accounting;
using Tollgate.Gateway.Calls;
using Tollgate.Gateway.Dialects;
using Tollgate.Gateway.Recording;
using Tollgate.Gateway.Routing;
using Tollgate.Metering.Usage;

namespace Tollgate.Gateway.Forwarding;

/// <summary>
/// Gets a response for a call: tries its deployments in the plan's order until one responds, or until there is nothing
/// left to try. All of this happens before the first byte reaches the caller.
/// </summary>
internal sealed class RetryingForwarder(
    RouteTable routes,
    UpstreamClients clients,
    CallRecorder recorder,
    CallAdmission admission,
    TimeProvider clock
)
{
    private RoutingOptions Options => routes.Options;

    /// <summary>The attempt whose response the caller gets, or an error if none responded at all.</summary>
    /// <exception cref="LedgerUnavailableException">An attempt could not be recorded, so it was not sent.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ForwardResult> ForwardAsync(GatewayCall call)
    {
        var plan = call.Route.Plan!;
        while (true)
        {
            // 1. Choose a deployment; once all have been tried, start over.
            var target = plan.Next(clock.GetUtcNow()) ?? plan.Reset(clock.GetUtcNow());

            // 2. Reserve its maximum usage, record it, then send it.
            var attempt = BeginAttempt(call, target);
            if (await admission.AdmitAsync(call, attempt) is { } refusal)
            {
                attempt.Dispose();
                return new ForwardResult(null, refusal);
            }

            await RecordStartAsync(call, attempt);
            var end = await SendAsync(call, attempt);

            // 3. A response, unless it is one that another deployment might improve on.
            if (end.IsComplete && !IsRetryable(attempt.Response!.StatusCode))
            {
                target.RecordSuccess();
                return new ForwardResult(attempt, null);
            }

            // 4. A caller who disconnected, or a gateway that stops, is not the deployment's failure.
            var retryAfter = GetRetryAfter(attempt.Response);
            if (!end.EndedLocally && target.RecordFailure(clock.GetUtcNow(), Options, retryAfter))
                recorder.DeploymentCoolingDown(target.Deployment, Options);
            var wait = GetRetryDelay(call, plan, retryAfter);
            var mayRetry = !end.EndedLocally && call.Attempts <= Options.Retries && wait <= Options.MaxRetryAfter;

            // 5. The last response goes to the caller as it is, and is booked with its relay.
            if (!mayRetry && attempt.Response is not null)
                return new ForwardResult(attempt, null);

            // 6. Anything else is booked here.
            using (attempt)
                await recorder.BookAsync(call, attempt, end, default, firstByteAt: 0);
            if (!mayRetry)
                return new ForwardResult(null, ToError(end, target.Deployment));
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, clock, call.Http.RequestAborted);
        }
    }

    private Attempt BeginAttempt(GatewayCall call, DeploymentState target)
    {
        var model = target.Deployment.Model ?? call.Route.Model;
        var callerLeft =
            Options.OnClientDisconnect == ClientDisconnectPolicy.Cancel
                ? call.Http.RequestAborted
                : CancellationToken.None;
        return new Attempt(new CallId(call.Id, ++call.Attempts), target, model, clock.GetUtcNow(), clock.GetTimestamp())
        {
            Deadline = clients.Deadlines.Begin(Options.FirstByteTimeout, callerLeft),
        };
    }

    private async ValueTask RecordStartAsync(GatewayCall call, Attempt attempt)
    {
        try
        {
            await recorder.RecordStartAsync(call, attempt);
        }
        catch
        {
            attempt.Reservation?.Release();
            attempt.Dispose();
            throw;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ResponseOutcome> SendAsync(GatewayCall call, Attempt attempt)
    {
        var deployment = attempt.Target.Deployment;
        try
        {
            var request = UpstreamRequestFactory.Create(call, deployment, attempt.Model, clients.Addresses);
            attempt.Response = await clients.For(deployment).SendAsync(request, attempt.Deadline.Token);
            return ResponseOutcome.Complete;
        }
        catch (Exception exception)
        {
            // The attempt is in flight and must be booked, regardless of the exception.
            return ResponseOutcome.FromException(exception, attempt.Deadline);
        }
    }

    /// <summary>
    /// No delay before another deployment; before the same one, the provider's Retry-After or else exponential backoff.
    /// </summary>
    private TimeSpan GetRetryDelay(GatewayCall call, RoutePlan plan, TimeSpan? retryAfter) =>
        plan.HasUntried
            ? TimeSpan.Zero
            : retryAfter ?? Options.RetryDelay * Math.Pow(2, Math.Min(call.Attempts - 1, 10));

    private TimeSpan? GetRetryAfter(HttpResponseMessage? response) =>
        response?.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } when date > clock.GetUtcNow() => date - clock.GetUtcNow(),
            _ => null,
        };

    private static bool IsRetryable(HttpStatusCode status) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)status >= 500;

    private static GatewayError ToError(ResponseOutcome end, Deployment deployment) =>
        end.Outcome switch
        {
            CallOutcome.TimedOut => GatewayError.TimedOut(
                $"The provider {deployment.Provider} ({deployment.Name}) did not respond in time."
            ),
            CallOutcome.ConnectFailed => GatewayError.ProviderFailed(
                $"Cannot connect to the provider {deployment.Provider} ({deployment.Name}): {end.ErrorType}."
            ),
            _ => GatewayError.ProviderFailed(
                $"The provider {deployment.Provider} ({deployment.Name}) closed the connection without a response."
            ),
        };
}

/// <summary>An attempt with a response to relay, or an error for the caller.</summary>
internal readonly record struct ForwardResult(Attempt? Attempt, GatewayError? Error);

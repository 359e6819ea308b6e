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
/// Finds an answer for a call: tries its deployments in the plan's order until one answers, or until there is nothing
/// left to try. All of this happens before the first byte reaches the caller.
/// </summary>
internal sealed class Forwarder(
    RouteTable routes,
    UpstreamClients clients,
    CallRecorder recorder,
    CallPricer pricer,
    CallAdmission admission,
    TimeProvider clock
)
{
    private RoutingOptions Options => routes.Options;

    /// <summary>The attempt whose answer the caller shall get, or an error where none answered at all.</summary>
    /// <exception cref="LedgerUnavailableException">An attempt could not be put on record, so it was not
    /// sent.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ForwardResult> ForwardAsync(GatewayCall call)
    {
        var plan = call.Route.Plan!;
        while (true)
        {
            // 1. Choose a deployment; once all have been tried, begin anew.
            var target = plan.Next(clock.GetUtcNow()) ?? plan.Restart(clock.GetUtcNow());

            // 2. Reserve the most that it can take, put it on record, then send it.
            var attempt = Begin(call, target);
            if (await admission.AdmitAsync(call, attempt) is { } refusal)
            {
                attempt.Dispose();
                return new ForwardResult(null, refusal);
            }

            await OpenAsync(call, attempt);
            var end = await SendAsync(call, attempt);

            // 3. An answer, unless it is one that another deployment might better.
            if (end.IsWhole && !IsRetryable(attempt.Response!.StatusCode))
            {
                target.Succeeded();
                return new ForwardResult(attempt, null);
            }

            // 4. A caller who left, or a gate that stops, is no fault of the deployment.
            var retryAfter = RetryAfterOf(attempt.Response);
            if (!end.EndedHere && target.Failed(clock.GetUtcNow(), Options, retryAfter))
                recorder.Rests(target.Deployment, Options);
            var wait = WaitBefore(call, plan, retryAfter);
            var mayRetry = !end.EndedHere && call.Attempts <= Options.Retries && wait <= Options.LongestRetryWait;

            // 5. The last answer goes to the caller as it is, and is booked with its relay.
            if (!mayRetry && attempt.Response is not null)
                return new ForwardResult(attempt, null);

            // 6. Anything else is booked here.
            using (attempt)
                await recorder.BookAsync(call, attempt, end, default, firstByteAt: 0);
            if (!mayRetry)
                return new ForwardResult(null, ErrorOf(end, target.Deployment));
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, clock, call.Http.RequestAborted);
        }
    }

    private Attempt Begin(GatewayCall call, DeploymentState target)
    {
        var now = clock.GetUtcNow();
        var model = target.Deployment.Model ?? call.Route.Model;
        var callerLeft =
            Options.WhenClientLeaves == ClientLeavePolicy.Cancel ? call.Http.RequestAborted : CancellationToken.None;
        return new Attempt(new CallId(call.Id, ++call.Attempts), target, model, now, clock.GetTimestamp())
        {
            UpperBound = UsageEstimator.UpperBound(call, pricer.CardOf(target.Deployment, model, now)?.MaxOutputTokens),
            Deadline = clients.Deadlines.Begin(Options.FirstByteTimeout, callerLeft),
        };
    }

    private async ValueTask OpenAsync(GatewayCall call, Attempt attempt)
    {
        try
        {
            await recorder.OpenAsync(call, attempt);
        }
        catch
        {
            attempt.Reservation?.Release();
            attempt.Dispose();
            throw;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<AnswerEnd> SendAsync(GatewayCall call, Attempt attempt)
    {
        var deployment = attempt.Target.Deployment;
        try
        {
            var request = UpstreamRequest.For(call, deployment, attempt.Model);
            attempt.Response = await clients.For(deployment).SendAsync(request, attempt.Deadline.Token);
            return AnswerEnd.Whole;
        }
        catch (Exception fault)
        {
            // Whatever it is, the attempt is open and must be booked.
            return AnswerEnd.Of(fault, attempt.Deadline);
        }
    }

    /// <summary>
    /// None before another deployment; before the same one what the provider asks for, else ever longer.
    /// </summary>
    private TimeSpan WaitBefore(GatewayCall call, RoutePlan plan, TimeSpan? retryAfter) =>
        plan.HasUntried
            ? TimeSpan.Zero
            : retryAfter ?? Options.RetryDelay * Math.Pow(2, Math.Min(call.Attempts - 1, 10));

    private TimeSpan? RetryAfterOf(HttpResponseMessage? response) =>
        response?.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } when date > clock.GetUtcNow() => date - clock.GetUtcNow(),
            _ => null,
        };

    private static bool IsRetryable(HttpStatusCode status) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)status >= 500;

    private static GatewayError ErrorOf(AnswerEnd end, Deployment deployment) =>
        end.Outcome switch
        {
            CallOutcome.TimedOut => GatewayError.TimedOut(
                $"The provider {deployment.Provider} ({deployment.Name}) did not answer in time."
            ),
            CallOutcome.ConnectFailed => GatewayError.ProviderFailed(
                $"No connection to the provider {deployment.Provider} ({deployment.Name}) could be made: "
                    + $"{end.ErrorType}."
            ),
            _ => GatewayError.ProviderFailed(
                $"The provider {deployment.Provider} ({deployment.Name}) closed the connection without an answer."
            ),
        };
}

/// <summary>An attempt with an answer to relay, or an error for the caller.</summary>
internal readonly record struct ForwardResult(Attempt? Attempt, GatewayError? Error);

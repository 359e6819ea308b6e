using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tollgate.Api.Authentication;
using Tollgate.Api.Authorization;
using Tollgate.Api.Idempotency;
using Tollgate.Api.Parameters;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;
using Tollgate.Api.Responses.Formats;
using Tollgate.Identity.Permissions;

namespace Tollgate.Api.Routing;

/// <summary>Runs a request through the checks that are the same for all routes, then through its handler.</summary>
/// <param name="authenticator">Finds the sender of a request.</param>
/// <param name="repeated">Carries out a repeated request once.</param>
/// <param name="log">The log.</param>
internal sealed partial class EndpointRunner(
    RequestAuthenticator authenticator,
    IdempotentRequests repeated,
    ILogger<EndpointRunner> log
)
{
    /// <summary>Serves a request.</summary>
    public async Task RunAsync(HttpContext http, ApiEndpoint endpoint)
    {
        SecurityHeaders.Set(http);
        try
        {
            await ServeAsync(http, endpoint, http.RequestAborted);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The sender is gone.
        }
        catch (Exception exception) when (!http.Response.HasStarted)
        {
            var refusal = Convert(http, exception, endpoint.Route);
            await (
                endpoint.Route.HasOpenAIErrors
                    ? OpenAIErrorWriter.WriteAsync(http, refusal)
                    : ProblemWriter.WriteAsync(http, refusal)
            );
        }
        catch (Exception exception) when (ProblemWriter.Convert(exception, endpoint.Route.IsSafe) is not null)
        {
            // Too late for another status: the reader must see that the response is not complete.
            http.Abort();
        }
    }

    private async Task ServeAsync(HttpContext http, ApiEndpoint endpoint, CancellationToken cancellationToken)
    {
        // 1. The sender.
        var route = endpoint.Route;
        var sender = await authenticator.AuthenticateAsync(http, route, cancellationToken);

        // 2. A browser adds the cookie to requests of other sites, too.
        if (sender.UsesCookie && !route.IsSafe && !CrossSiteCheck.IsAllowed(http.Request))
            throw new ProblemException(
                ProblemCode.CrossSite,
                "A signed-in browser may send this only from the pages of this gateway. Programs use a token."
            );

        // 3. The rights.
        Authorize(route, sender.Principal);

        // 4. The parameters: all errors at once.
        var values = ReadParameters(http, route);

        // 5. The headers that the row demands.
        if (route.NeedsRevision)
            ApiRequest.RequireRevision(http.Request);
        if (route.HasExport)
            _ = ListFormats.Choose(http.Request);

        // 6. The use case.
        var request = new ApiRequest(http, sender.Principal, values)
        {
            RequireStillAllowedAsync = async stop =>
            {
                var current = (await authenticator.AuthenticateAsync(http, route, stop)).Principal;
                Authorize(route, current);
                return current;
            },
        };
        if (!route.IsRepeatable || http.Request.Headers[IdempotencyKey.Header].Count == 0)
        {
            await RespondAsync(endpoint, request, cancellationToken);
            return;
        }

        var key = await IdempotencyKey.ReadAsync(http.Request, sender.Principal, cancellationToken);
        await repeated.RunAsync(http, key, () => RespondAsync(endpoint, request, cancellationToken), cancellationToken);
    }

    private static async Task RespondAsync(
        ApiEndpoint endpoint,
        ApiRequest request,
        CancellationToken cancellationToken
    )
    {
        var response = await endpoint.Handler(request, cancellationToken);
        await response.SendAsync(request.Http, cancellationToken);
    }

    private static void Authorize(ApiRoute route, Principal principal)
    {
        var access = route.Access;
        if (access.Permission is { } permission && !access.Permits(principal))
            throw new ProblemException(
                ProblemCode.Forbidden,
                $"{route} requires the permission {permission.ToName()}, which {principal.Describe()} does not have."
            );
        if (access.Reach == RouteReach.Everything && !principal.Reach.IsEverything())
            throw new ProblemException(
                ProblemCode.Forbidden,
                $"{route} concerns everyone, and {principal.Describe()} may only see {principal.Reach.Describe()}."
            );
    }

    private static Dictionary<ApiParameter, object?> ReadParameters(HttpContext http, ApiRoute route)
    {
        var query = new QueryParameters(http.Request.Query);
        var errors = new List<ProblemError>();
        if (!route.IgnoresOtherParameters)
            query.RefuseUnknown(route.Parameters, errors);
        var values = new Dictionary<ApiParameter, object?>(route.Parameters.Count);
        foreach (var parameter in route.Parameters)
            values[parameter] = parameter.Read(query, errors);
        return errors.Count == 0 ? values : throw ProblemException.Invalid(errors);
    }

    private ProblemException Convert(HttpContext http, Exception exception, ApiRoute route)
    {
        if (ProblemWriter.Convert(exception, route.IsSafe) is { } refusal)
            return refusal;
        var trace = TraceId.Get(http);
        LogFailed(route, trace, exception);
        return exception switch
        {
            IOException or UnauthorizedAccessException => new ProblemException(
                ProblemCode.Unavailable,
                "A file cannot be written or read now; perhaps the disk of the data folder is full. The log has the "
                    + $"details under the trace ID {trace}."
            ),
            InvalidDataException => new ProblemException(
                ProblemCode.Unavailable,
                "An entry of the registry cannot be read; perhaps it was encrypted with another master key than that "
                    + $"of this process. The log has the details under the trace ID {trace}."
            ),
            _ => new ProblemException(
                ProblemCode.Internal,
                "The request failed because of an error in Tollgate. Its log has the details under the trace ID "
                    + $"{trace}."
            ),
        };
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Route} failed, trace ID {TraceId}")]
    private partial void LogFailed(ApiRoute route, string traceId, Exception exception);
}

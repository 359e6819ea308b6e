using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tollgate.Gateway.Calls;
using Tollgate.Gateway.Dialects;
using Tollgate.Gateway.Pipeline;

namespace Tollgate.Gateway.Endpoints;

/// <summary>Maps the dialects' paths to the pipeline.</summary>
internal sealed class GatewayEndpoints(
    CallPipeline pipeline,
    ModelList models,
    RefusalWriter refusals,
    GatewayCallFactory calls
)
{
    /// <summary>Maps every path of every dialect. No path is served without a meter.</summary>
    public void Map(IEndpointRouteBuilder app)
    {
        foreach (var dialect in KnownDialects.All)
            foreach (var operation in dialect.Operations)
                foreach (var path in operation.Paths)
                    app.MapPost(path, (RequestDelegate)(http => HandleAsync(http, dialect, operation)));
        models.Map(app);
        MapUnknownRoutes(app);
    }

    private Task HandleAsync(HttpContext http, IDialect dialect, Operation operation) =>
        pipeline.HandleAsync(calls.Create(http, dialect, operation));

    /// <summary>
    /// Refuses everything else below the dialects' prefixes, and other methods on the paths beside them. The order of a
    /// fallback is the lowest, so that routes of the application win.
    /// </summary>
    private void MapUnknownRoutes(IEndpointRouteBuilder app)
    {
        foreach (var prefix in KnownDialects.Prefixes)
            app.MapFallback($"{prefix}/{{*path}}", RejectUnknownRouteAsync);
        foreach (var path in KnownDialects.UnprefixedPaths)
            app.MapFallback(path, RejectUnknownRouteAsync);
    }

    private Task RejectUnknownRouteAsync(HttpContext http) =>
        refusals.WriteAsync(http, KnownDialects.Guess(http.Request), KnownDialects.UnknownRoute(http.Request));
}

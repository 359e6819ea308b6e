namespace Tollgate.Api;

/// <summary>Refuses every path that neither the gateway nor a page serves, and lists those that exist.</summary>
internal static class UnknownPathEndpoint
{
    /// <summary>Maps it for all paths and methods, behind all other routes.</summary>
    public static void Map(WebApplication app) =>
        app.MapFallback(
            "{*path}",
            static (HttpRequest request) =>
                Results.Problem(
                    statusCode: StatusCodes.Status404NotFound,
                    detail: $"{request.Method} {request.Path} does not exist here. Model calls go to /v1, /v1beta, "
                        + "and /openai (see docs/dialects.md); the gateway's own pages are /health, /metrics, and "
                        + "/api/calls/{request-id} (see docs/operations.md)."
                )
        );
}

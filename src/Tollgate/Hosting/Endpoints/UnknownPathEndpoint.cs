using Tollgate.Api;

namespace Tollgate.Hosting.Endpoints;

/// <summary>Refuses every path that neither the gateway nor a page serves, and lists those that exist.</summary>
internal static class UnknownPathEndpoint
{
    /// <summary>Maps it for all paths and methods, behind all other routes.</summary>
    public static void Map(WebApplication app) =>
        app.MapFallback(
            "{*path}",
            // A RequestDelegate: the endpoints that the compiler generates for other delegates ignore the pattern.
            (RequestDelegate)RefuseAsync
        );

    private static async Task RefuseAsync(HttpContext http)
    {
        if (await http.TryRefuseMethodAsync())
            return;
        await Results
            .Problem(
                statusCode: StatusCodes.Status404NotFound,
                detail: $"{http.Request.Method} {http.Request.Path} does not exist here. Model calls go to /v1, "
                    + "/v1beta, and /openai (see docs/dialects.md); the gateway's own pages are /health, /metrics, and "
                    + "/api/calls/{request-id} (see docs/operations.md); /api/v1/openapi.json describes the management "
                    + "API.",
                extensions: [new("code", "not_found")]
            )
            .ExecuteAsync(http);
    }
}

using Tollgate.Api.Authorization;

namespace Tollgate.Api.Endpoints.Documentation;

/// <summary>The row of the API's own description.</summary>
internal static class DocumentationRoutes
{
    public static readonly ApiRoute OpenApi = new("GET", "/api/v1/openapi.json")
    {
        Area = "Documentation",
        Summary = "Returns this description of the API.",
        Access = RouteAccess.Public,
    };
}

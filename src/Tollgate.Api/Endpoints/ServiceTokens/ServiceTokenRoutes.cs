using Microsoft.AspNetCore.Http;
using Tollgate.Api.Authorization;
using Tollgate.Api.Contracts;
using Tollgate.Api.Endpoints.Paging;
using Tollgate.Identity.Permissions;

namespace Tollgate.Api.Endpoints.ServiceTokens;

/// <summary>The rows of service tokens.</summary>
internal static class ServiceTokenRoutes
{
    private const string Area = "Service tokens";

    public static readonly ApiRoute List = new("GET", "/api/v1/service-tokens")
    {
        Area = Area,
        Summary = "Lists the tokens of programs, without their secrets.",
        Access = RouteAccess.Everything(Permission.TokensRead),
        Parameters = MemoryPages.Parameters,
        Response = ContractJson.Default.ServiceTokenResponse,
        IsList = true,
    };

    public static readonly ApiRoute Create = new("POST", "/api/v1/service-tokens")
    {
        Area = Area,
        Summary = "Creates a token for a program. The response is the only one with its secret.",
        Access = RouteAccess.Everything(Permission.TokensWrite),
        Audit = "token.create",
        Body = ContractJson.Default.CreateServiceTokenBody,
        Response = ContractJson.Default.IssuedServiceToken,
        Success = StatusCodes.Status201Created,
        Example = """{"name": "billing", "permissions": ["usage:read"], "expires_at": "2030-01-01T00:00:00Z"}""",
    };

    public static readonly ApiRoute Revoke = new("DELETE", "/api/v1/service-tokens/{id}")
    {
        Area = Area,
        Summary = "Revokes a token; gateways reject it within a second.",
        Access = RouteAccess.Everything(Permission.TokensWrite),
        Audit = "token.revoke",
        Success = StatusCodes.Status204NoContent,
    };
}

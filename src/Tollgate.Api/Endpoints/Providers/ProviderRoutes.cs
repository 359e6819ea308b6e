using Microsoft.AspNetCore.Http;
using Tollgate.Api.Authorization;
using Tollgate.Api.Contracts;
using Tollgate.Api.Endpoints.Paging;
using Tollgate.Identity.Permissions;
using Tollgate.Operations.Json;

namespace Tollgate.Api.Endpoints.Providers;

/// <summary>The rows of providers, their keys, and deployments.</summary>
internal static class ProviderRoutes
{
    private const string Area = "Providers";

    public static readonly ApiRoute List = new("GET", "/api/v1/providers")
    {
        Area = Area,
        Summary = "Lists the providers that are known or declared, with the source of the key of each.",
        Access = RouteAccess.Everything(Permission.ProvidersRead),
        Parameters = MemoryPages.Parameters,
        Response = OperationsJson.Default.ProviderDetails,
        IsList = true,
    };

    public static readonly ApiRoute Get = new("GET", "/api/v1/providers/{name}")
    {
        Area = Area,
        Summary = "Returns a provider with the source of its key.",
        Access = RouteAccess.Everything(Permission.ProvidersRead),
        Response = OperationsJson.Default.ProviderDetails,
    };

    public static readonly ApiRoute SetKey = new("PUT", "/api/v1/providers/{name}/key")
    {
        Area = Area,
        Summary = "Stores the key of a provider, encrypted. Gateways use it within a second; no response contains it.",
        Access = RouteAccess.Everything(Permission.ProvidersWrite),
        Audit = "provider_key.set",
        Body = ContractJson.Default.ProviderKeyBody,
        Response = ContractJson.Default.ProviderKeyResponse,
        Example = """{"key": "sk-proj-0123456789abcdef"}""",
    };

    public static readonly ApiRoute DeleteKey = new("DELETE", "/api/v1/providers/{name}/key")
    {
        Area = Area,
        Summary = "Removes the stored key of a provider; gateways stop using it within a second.",
        Access = RouteAccess.Everything(Permission.ProvidersWrite),
        Audit = "provider_key.delete",
        Success = StatusCodes.Status204NoContent,
    };

    public static readonly ApiRoute Test = new("POST", "/api/v1/providers/{name}/test")
    {
        Area = Area,
        Summary = "Requests the list of models from a provider, to test its key.",
        Access = RouteAccess.Everything(Permission.ProvidersWrite),
        Audit = "provider.test",
        Response = OperationsJson.Default.ProviderTestResult,
    };

    public static readonly ApiRoute Deployments = new("GET", "/api/v1/deployments")
    {
        Area = Area,
        Summary = "Lists the deployments with their recent health in the process that responds.",
        Access = RouteAccess.Everything(Permission.ProvidersRead),
        Parameters = MemoryPages.Parameters,
        Response = OperationsJson.Default.DeploymentDetails,
        IsList = true,
    };

    /// <summary>All rows.</summary>
    public static IReadOnlyList<ApiRoute> All => [List, Get, SetKey, DeleteKey, Test, Deployments];
}

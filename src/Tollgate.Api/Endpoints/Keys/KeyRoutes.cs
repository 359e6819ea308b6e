using Microsoft.AspNetCore.Http;
using Tollgate.Api.Authorization;
using Tollgate.Api.Contracts;
using Tollgate.Api.Endpoints.Paging;
using Tollgate.Api.Parameters;
using Tollgate.Identity.Permissions;
using Tollgate.Operations.Json;

namespace Tollgate.Api.Endpoints.Keys;

/// <summary>The rows of the virtual keys.</summary>
internal static class KeyRoutes
{
    private const string Area = "Keys";
    private const string One = "/api/v1/keys/{id}";

    /// <summary>Only keys of this user.</summary>
    public static readonly TextParameter User = new("user", "Only keys that are bound to this user.");

    /// <summary>Only keys of this team.</summary>
    public static readonly TextParameter Team = new("team", "Only keys that belong to this team.");

    public static readonly ApiRoute List = new("GET", "/api/v1/keys")
    {
        Area = Area,
        Summary = "Lists the virtual keys, without their secrets.",
        Access = RouteAccess.Within(Permission.KeysRead),
        Parameters = [.. MemoryPages.Parameters, User, Team],
        Response = OperationsJson.Default.KeyDetails,
        IsList = true,
    };

    public static readonly ApiRoute Get = new("GET", One)
    {
        Area = Area,
        Summary = "Returns a virtual key.",
        Access = RouteAccess.Within(Permission.KeysRead),
        Response = OperationsJson.Default.KeyDetails,
    };

    public static readonly ApiRoute Create = new("POST", "/api/v1/keys")
    {
        Area = Area,
        Summary = "Creates a virtual key with its limits. The response is the only one with its secret.",
        Access = RouteAccess.Within(Permission.KeysWrite),
        Audit = "key.create",
        Body = ContractJson.Default.CreateKeyRequest,
        Response = OperationsJson.Default.IssuedKey,
        Success = StatusCodes.Status201Created,
        Example = """{"name": "build server", "team": "platform", "max_budget": "25.00", "budget_duration": "30d"}""",
    };

    public static readonly ApiRoute SetLimits = new("PATCH", One + "/limits")
    {
        Area = Area,
        Summary = "Changes limits of a virtual key; gateways apply them within a second.",
        Access = RouteAccess.Within(Permission.LimitsWrite),
        Audit = "limit.set",
        Body = ContractJson.Default.KeyLimitFields,
        Response = OperationsJson.Default.KeyDetails,
        Example = """{"max_budget": "50.00", "budget_duration": "30d", "rpm_limit": null}""",
    };

    public static readonly ApiRoute Rotate = new("POST", One + "/rotate")
    {
        Area = Area,
        Summary = "Gives a virtual key a new secret; its limits and its usage stay.",
        Access = RouteAccess.Within(Permission.KeysWrite),
        Audit = "key.rotate",
        Body = ContractJson.Default.RotateKeyRequest,
        Response = OperationsJson.Default.IssuedKey,
        Example = """{"grace_seconds": 3600}""",
    };

    public static readonly ApiRoute Revoke = new("POST", One + "/revoke")
    {
        Area = Area,
        Summary = "Revokes a virtual key for good; gateways reject it within a second.",
        Access = RouteAccess.Within(Permission.KeysWrite),
        Audit = "key.revoke",
        Response = OperationsJson.Default.KeyDetails,
    };
}

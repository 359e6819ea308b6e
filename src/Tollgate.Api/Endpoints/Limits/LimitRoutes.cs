using Microsoft.AspNetCore.Http;
using Tollgate.Api.Authorization;
using Tollgate.Api.Contracts;
using Tollgate.Api.Endpoints.Paging;
using Tollgate.Api.Endpoints.Usage;
using Tollgate.Identity.Permissions;
using Tollgate.Operations.Json;

namespace Tollgate.Api.Endpoints.Limits;

/// <summary>The rows of the limits.</summary>
internal static class LimitRoutes
{
    private const string Area = "Limits";
    private const string One = "/api/v1/limits/{id}";

    public static readonly ApiRoute List = new("GET", "/api/v1/limits")
    {
        Area = Area,
        Summary = "Lists the limits as they are defined.",
        Access = RouteAccess.Within(Permission.LimitsRead),
        Parameters = MemoryPages.Parameters,
        Response = OperationsJson.Default.LimitDetails,
        IsList = true,
    };

    public static readonly ApiRoute States = new("GET", "/api/v1/limits/state")
    {
        Area = Area,
        Summary = "Lists how much of each limit is used, reserved, and left, and when it resets.",
        Access = RouteAccess.Within(Permission.LimitsRead),
        Parameters = MemoryPages.Parameters,
        Response = OperationsJson.Default.LimitUsage,
        IsList = true,
    };

    public static readonly ApiRoute Get = new("GET", One)
    {
        Area = Area,
        Summary = "Returns a limit as it is defined.",
        Access = RouteAccess.Within(Permission.LimitsRead),
        Response = OperationsJson.Default.LimitDetails,
    };

    public static readonly ApiRoute Set = new("POST", "/api/v1/limits")
    {
        Area = Area,
        Summary = "Sets a limit, and counts what was already spent in its window; gateways apply it within a second.",
        Access = RouteAccess.Within(Permission.LimitsWrite),
        Audit = "limit.set",
        Body = ContractJson.Default.SetLimitBody,
        Response = OperationsJson.Default.SetLimitResult,
        Example = """{"metric": "cost", "window": "month", "amount": "500", "scope": [{"dimension": "user"}]}""",
    };

    public static readonly ApiRoute Preview = new("POST", "/api/v1/limits/preview")
    {
        Area = Area,
        Summary = "Returns how many recorded calls a limit would have refused, without setting it.",
        Access = RouteAccess.Within(Permission.LimitsRead),
        Parameters = ScopeParameters.RangeOnly,
        Body = ContractJson.Default.SetLimitBody,
        Response = OperationsJson.Default.LimitPreview,
        Example = """{"metric": "cost", "window": "day", "amount": "50", "scope": [{"dimension": "user"}]}""",
    };

    public static readonly ApiRoute Increase = new("POST", One + "/increase")
    {
        Area = Area,
        Summary = "Increases a limit until a time.",
        Access = RouteAccess.Within(Permission.LimitsWrite),
        Audit = "limit.set",
        Body = ContractJson.Default.IncreaseLimitBody,
        Response = OperationsJson.Default.SetLimitResult,
        Example = """{"amount": "750", "until": "2027-01-01T00:00:00Z"}""",
    };

    public static readonly ApiRoute Reset = new("POST", One + "/reset")
    {
        Area = Area,
        Summary = "Resets the counters of a limit to zero, and returns their usage before.",
        Access = RouteAccess.Within(Permission.LimitsWrite),
        Audit = "limit.reset",
        Body = ContractJson.Default.ResetLimitBody,
        Response = OperationsJson.Default.LimitUsage,
        IsList = true,
        Example = "{}",
    };

    public static readonly ApiRoute Delete = new("DELETE", One)
    {
        Area = Area,
        Summary = "Deletes a limit with its counters.",
        Access = RouteAccess.Within(Permission.LimitsWrite),
        Audit = "limit.delete",
        NeedsRevision = true,
        Success = StatusCodes.Status204NoContent,
    };
}

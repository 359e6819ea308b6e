using Tollgate.Api.Authorization;
using Tollgate.Api.Contracts;
using Tollgate.Api.Parameters;
using Tollgate.Identity.Permissions;
using Tollgate.Operations.Json;

namespace Tollgate.Api.Endpoints.Alerts;

/// <summary>The rows of the alerts.</summary>
internal static class AlertRoutes
{
    private const string Area = "Alerts";

    public static readonly IntegerParameter Limit = new("limit", 1, 500, 100, "The maximum number of alerts.");

    public static readonly ApiRoute List = new("GET", "/api/v1/alerts")
    {
        Area = Area,
        Summary = "Lists the newest alerts with their deliveries.",
        Access = RouteAccess.Everything(Permission.AlertsRead),
        Parameters = [Limit],
        Response = OperationsJson.Default.AlertWithDeliveries,
        IsList = true,
    };

    public static readonly ApiRoute Retry = new("POST", "/api/v1/alerts/{id}/retry")
    {
        Area = Area,
        Summary = "Schedules the failed deliveries of an alert again.",
        Access = RouteAccess.Everything(Permission.AlertsWrite),
        Audit = "alert.retry",
        Response = ContractJson.Default.RetriedDeliveries,
    };
}

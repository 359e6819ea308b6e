using Tollgate.Api.Authorization;
using Tollgate.Identity.Permissions;

namespace Tollgate.Api.Endpoints.Pages;

/// <summary>The rows of the gateway's own pages, which a process that serves only the gateway has as well.</summary>
internal static class PageRoutes
{
    private const string Area = "Pages";

    public static readonly ApiRoute Metrics = new("GET", "/metrics")
    {
        Area = Area,
        Summary = "Returns the metrics as text for Prometheus.",
        Access = RouteAccess.Everything(Permission.MetricsRead) with { IsOpenAtFirst = true },
        IsForCallers = true,
    };

    public static readonly ApiRoute Call = new("GET", "/api/calls/{id}")
    {
        Area = Area,
        Summary = "Returns what one call consumed and cost, attempt by attempt.",
        Access = RouteAccess.Within(Permission.CallsRead) with { AdmitsKeys = true, IsOpenAtFirst = true },
        Response = PageJson.Default.CallReport,
        IsForCallers = true,
    };
}

using Tollgate.Api.Authorization;
using Tollgate.Api.Endpoints.Paging;
using Tollgate.Identity.Permissions;
using Tollgate.Operations.Json;

namespace Tollgate.Api.Endpoints.Status;

/// <summary>The rows of the process and its settings.</summary>
internal static class StatusRoutes
{
    private const string Area = "Status";

    public static readonly ApiRoute Status = new("GET", "/api/v1/status")
    {
        Area = Area,
        Summary = "Returns the version and the health of the process that responds, and of its store.",
        Access = RouteAccess.Everything(Permission.MetricsRead),
        Response = OperationsJson.Default.StatusDetails,
    };

    public static readonly ApiRoute Settings = new("GET", "/api/v1/settings")
    {
        Area = Area,
        Summary = "Lists the settings in force with their sources, without secrets.",
        Access = RouteAccess.Everything(Permission.SettingsRead),
        Parameters = MemoryPages.Parameters,
        Response = OperationsJson.Default.SettingDetails,
        IsList = true,
    };

    /// <summary>All rows.</summary>
    public static IReadOnlyList<ApiRoute> All => [Status, Settings];
}

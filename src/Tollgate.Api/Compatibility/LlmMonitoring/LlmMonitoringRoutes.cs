using Tollgate.Api.Authorization;
using Tollgate.Identity.Permissions;

namespace Tollgate.Api.Compatibility.LlmMonitoring;

/// <summary>The rows of the status of providers and the statistics of all calls, each under two paths.</summary>
internal static class LlmMonitoringRoutes
{
    public static readonly ApiRoute Status = CreateStatus("/api/llm/status");
    public static readonly ApiRoute PatternStatus = CreateStatus("/api/patterns/llm/status");
    public static readonly ApiRoute Statistics = CreateStatistics("/api/llm/stats");
    public static readonly ApiRoute PatternStatistics = CreateStatistics("/api/patterns/llm/stats");

    /// <summary>All rows.</summary>
    public static IReadOnlyList<ApiRoute> All => [Status, PatternStatus, Statistics, PatternStatistics];

    private static ApiRoute CreateStatus(string path) =>
        new("GET", path)
        {
            Area = "Monitoring",
            Summary = "Returns which providers are configured, and how to configure the others.",
            Access = RouteAccess.Everything(Permission.ProvidersRead) with { IsOpenAtFirst = true },
            Response = LlmMonitoringJson.Default.StatusShape,
        };

    private static ApiRoute CreateStatistics(string path) =>
        new("GET", path)
        {
            Area = "Monitoring",
            Summary = "Returns the totals of all calls, of the last hour, and of each day, with the limits in force.",
            Access = RouteAccess.Everything(Permission.UsageRead) with { IsOpenAtFirst = true },
            Response = LlmMonitoringJson.Default.StatisticsShape,
        };
}

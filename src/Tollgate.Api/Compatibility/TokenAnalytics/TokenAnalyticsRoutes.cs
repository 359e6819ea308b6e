using Tollgate.Api.Authorization;
using Tollgate.Api.Endpoints.Jobs;
using Tollgate.Identity.Permissions;

namespace Tollgate.Api.Compatibility.TokenAnalytics;

/// <summary>The rows of the short routes for simulations, analyses, and collections.</summary>
internal static class TokenAnalyticsRoutes
{
    private const string Area = "Simulation";

    public static readonly ApiRoute Simulation = Start("/simulation", JobStartRoutes.Simulation);
    public static readonly ApiRoute Simulate = Start("/simulate", JobStartRoutes.Simulation);
    public static readonly ApiRoute Analysis = Start("/analysis", JobStartRoutes.Analysis);
    public static readonly ApiRoute Analyze = Start("/analyze", JobStartRoutes.Analysis);
    public static readonly ApiRoute Collect = Start("/collect", JobStartRoutes.Collection);

    public static readonly ApiRoute Results = new("GET", "/results/{id}")
    {
        Area = Area,
        Summary = "Returns a simulation, an analysis, or a collection; status 202 as long as it is not done.",
        Access = RouteAccess.Within(Permission.JobsRead),
        Response = TokenAnalyticsJson.Default.ResultShape,
    };

    public static readonly ApiRoute Compare = new("POST", "/compare")
    {
        Area = Area,
        Summary = "Compares the plans of a simulation with its baseline, the cheapest first.",
        Access = RouteAccess.Within(Permission.JobsRead),
        Body = TokenAnalyticsJson.Default.CompareBody,
        Response = TokenAnalyticsJson.Default.ComparisonShape,
        Example = """{"simulation_id": "019ad000-0000-7000-8000-000000000000"}""",
    };

    public static readonly ApiRoute Optimize = new("POST", "/optimize")
    {
        Area = Area,
        Summary = "Recommends a plan of a simulation for a customer, at the customer's volume.",
        Access = RouteAccess.Within(Permission.JobsWrite),
        Audit = "job.start",
        Body = TokenAnalyticsJson.Default.OptimizeBody,
        Response = TokenAnalyticsJson.Default.OptimizationShape,
        Example =
            """{"simulation_id": "019ad000-0000-7000-8000-000000000000", "user_profile": {"risk_tolerance": "low"}}""",
    };

    public static readonly ApiRoute Visualize = new("GET", "/visualize/{id}")
    {
        Area = Area,
        Summary = "Returns a simulation as a page with charts, which runs no scripts and loads nothing.",
        Access = RouteAccess.Within(Permission.JobsRead),
        ResponseType = "text/html",
    };

    /// <summary>All rows.</summary>
    public static IReadOnlyList<ApiRoute> All =>
        [Simulation, Simulate, Analysis, Analyze, Collect, Results, Compare, Optimize, Visualize];

    private static ApiRoute Start(string path, ApiRoute job) =>
        new("POST", path)
        {
            Area = Area,
            Summary = $"{job.Summary} Returns the result, or status 202 with its address after 10 seconds.",
            Access = job.Access,
            Audit = job.Audit,
            Body = job.Body,
            Response = TokenAnalyticsJson.Default.ResultShape,
            Example = job.Example,
        };
}

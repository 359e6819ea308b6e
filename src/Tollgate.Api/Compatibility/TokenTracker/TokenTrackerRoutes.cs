using Tollgate.Api.Authorization;
using Tollgate.Api.Parameters;
using Tollgate.Identity.Permissions;

namespace Tollgate.Api.Compatibility.TokenTracker;

/// <summary>The rows of the short routes for usage, rate limits, and budgets.</summary>
internal static class TokenTrackerRoutes
{
    private const string Area = "Token usage";

    public static readonly TextParameter StartDate = new(
        "start_date",
        "The first day, such as 2026-11-01. Default: seven days ago."
    );
    public static readonly TextParameter EndDate = new("end_date", "The last day, which is included. Default: today.");
    public static readonly TextParameter Model = new("model", "Only this model.");
    public static readonly ZoneParameter Zone = new("time_zone", "The IANA name of the time zone of the days.");
    public static readonly IntegerParameter Limit = new(
        "limit",
        1,
        500,
        500,
        "The maximum number of records. The header Link has the address of the next ones."
    );
    public static readonly TextParameter After = new("after", "Continues after a page, as in its header Link.")
    {
        Max = 1024,
    };

    public static readonly ApiRoute Health = new("GET", "/api/health")
    {
        Area = Area,
        Summary = "Returns that the API responds.",
        Access = RouteAccess.Public,
        Response = TokenTrackerJson.Default.HealthShape,
    };

    public static readonly ApiRoute Usage = new("GET", "/api/token-usage")
    {
        Area = Area,
        Summary = "Lists records of usage, newest first.",
        Access = RouteAccess.Within(Permission.CallsRead) with { IsOpenAtFirst = true },
        Parameters = [StartDate, EndDate, Model, Zone, Limit, After],
        Response = TokenTrackerJson.Default.IReadOnlyListUsageShape,
    };

    public static readonly ApiRoute Summary = new("GET", "/api/token-usage/summary")
    {
        Area = Area,
        Summary = "Returns totals, by model and by day.",
        Access = RouteAccess.Within(Permission.UsageRead) with { IsOpenAtFirst = true },
        Parameters = [StartDate, EndDate, Model, Zone],
        Response = TokenTrackerJson.Default.SummaryShape,
    };

    public static readonly ApiRoute RateLimits = new("GET", "/api/rate-limits")
    {
        Area = Area,
        Summary = "Lists the limits on the requests of single models.",
        Access = RouteAccess.Everything(Permission.LimitsRead) with { IsOpenAtFirst = true },
        Response = TokenTrackerJson.Default.IReadOnlyListRateLimitShape,
    };

    public static readonly ApiRoute SetRateLimit = new("POST", "/api/rate-limits")
    {
        Area = Area,
        Summary = "Sets the limit on the requests of a model.",
        Access = RouteAccess.Everything(Permission.LimitsWrite),
        Audit = "limit.set",
        Body = TokenTrackerJson.Default.SetRateLimitShape,
        Response = TokenTrackerJson.Default.RateLimitShape,
        Example = """{"model": "gpt-4o", "limit": 100, "period": "minute"}""",
    };

    public static readonly ApiRoute Budgets = new("GET", "/api/budgets")
    {
        Area = Area,
        Summary = "Lists the limits on the cost of all calls together.",
        Access = RouteAccess.Everything(Permission.LimitsRead) with { IsOpenAtFirst = true },
        Response = TokenTrackerJson.Default.IReadOnlyListBudgetShape,
    };

    public static readonly ApiRoute SetBudget = new("POST", "/api/budgets")
    {
        Area = Area,
        Summary = "Sets a limit on the cost of all calls together.",
        Access = RouteAccess.Everything(Permission.LimitsWrite),
        Audit = "limit.set",
        Body = TokenTrackerJson.Default.SetBudgetShape,
        Response = TokenTrackerJson.Default.BudgetShape,
        Example = """{"name": "monthly", "amount": 500, "period": "monthly", "reset_day": 1}""",
    };
}

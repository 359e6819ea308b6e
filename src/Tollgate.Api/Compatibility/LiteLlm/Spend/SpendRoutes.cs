using Tollgate.Accounting.Usage;
using Tollgate.Api.Authorization;
using Tollgate.Api.Parameters;
using Tollgate.Identity.Permissions;

namespace Tollgate.Api.Compatibility.LiteLlm.Spend;

/// <summary>The rows of logs and reports of spend.</summary>
internal static class SpendRoutes
{
    private const string Area = "LiteLLM";

    public static readonly TextParameter StartDate = new(
        "start_date",
        "The start: 2026-11-01, or 2026-11-01 12:00:00, in UTC. Default: seven days before the end."
    );
    public static readonly TextParameter EndDate = new(
        "end_date",
        "The end in the same forms; a day, or a second, is included. Default: today."
    );
    public static readonly TextParameter ApiKey = new("api_key", "Only this key, or its token.") { Max = 512 };
    public static readonly TextParameter UserId = new("user_id", "Only this user.");
    public static readonly TextParameter TeamId = new("team_id", "Only the keys of this team.");
    public static readonly TextParameter RequestId = new("request_id", "Only this call.");
    public static readonly TextParameter Model = new("model", "Only this model.");
    public static readonly TextParameter MinSpend = new(
        "min_spend",
        "Only calls that cost at least so many US dollars."
    );
    public static readonly TextParameter MaxSpend = new(
        "max_spend",
        "Only calls that cost at most so many US dollars."
    );
    public static readonly IntegerParameter Page = new("page", 1, 10_000, 1, "The number of the page.");
    public static readonly IntegerParameter PageSize = new(
        "page_size",
        1,
        100,
        50,
        "The maximum number of calls on a page."
    );
    public static readonly ChoiceParameter<UsageSort> SortBy = new(
        "sort_by",
        UsageSort.Start,
        "The order.",
        ("startTime", UsageSort.Start),
        ("spend", UsageSort.Cost),
        ("total_tokens", UsageSort.Tokens)
    );
    public static readonly ChoiceParameter<bool> SortOrder = new(
        "sort_order",
        false,
        "The direction.",
        ("desc", false),
        ("asc", true)
    );
    public static readonly TextParameter After = new("after", "Continues after a page, as in its header Link.")
    {
        Max = 1024,
    };
    public static readonly ChoiceParameter<ReportGroup> GroupBy = new(
        "group_by",
        ReportGroup.Team,
        "The groups of each day.",
        ("team", ReportGroup.Team),
        ("customer", ReportGroup.Customer),
        ("api_key", ReportGroup.ApiKey)
    );

    public static readonly ApiRoute Logs = new("GET", "/spend/logs")
    {
        Area = Area,
        Summary = "Lists calls, newest first, 1,000 at most; the header Link has the address of the next ones.",
        Access = RouteAccess.Within(Permission.CallsRead),
        Parameters = [StartDate, EndDate, ApiKey, UserId, RequestId, After],
        Response = LiteLlmSpendJson.Default.IReadOnlyListSpendLogShape,
        HasOpenAIErrors = true,
    };

    public static readonly ApiRoute LogPages = new("GET", "/spend/logs/v2")
    {
        Area = Area,
        Summary = "Lists calls by page.",
        Access = RouteAccess.Within(Permission.CallsRead),
        Parameters =
        [
            StartDate,
            EndDate,
            ApiKey,
            UserId,
            TeamId,
            RequestId,
            Model,
            MinSpend,
            MaxSpend,
            Page,
            PageSize,
            SortBy,
            SortOrder,
        ],
        Response = LiteLlmSpendJson.Default.SpendPageShape,
        HasOpenAIErrors = true,
    };

    public static readonly ApiRoute Report = new("GET", "/global/spend/report")
    {
        Area = Area,
        Summary = "Returns the spend by day, by group, and by model.",
        Access = RouteAccess.Within(Permission.UsageRead),
        Parameters = [StartDate, EndDate, GroupBy],
        Response = LiteLlmSpendJson.Default.IReadOnlyListReportDayShape,
        HasOpenAIErrors = true,
    };

    public static readonly ApiRoute ProviderBudgets = new("GET", "/provider/budgets")
    {
        Area = Area,
        Summary = "Lists the budgets of providers.",
        Access = RouteAccess.Everything(Permission.LimitsRead),
        Response = LiteLlmSpendJson.Default.ProviderBudgetsShape,
        HasOpenAIErrors = true,
    };

    /// <summary>All rows.</summary>
    public static IReadOnlyList<ApiRoute> All => [Logs, LogPages, Report, ProviderBudgets];
}

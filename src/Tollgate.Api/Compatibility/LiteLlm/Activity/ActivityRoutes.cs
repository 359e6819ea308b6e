using Tollgate.Api.Authorization;
using Tollgate.Api.Parameters;
using Tollgate.Identity.Permissions;

namespace Tollgate.Api.Compatibility.LiteLlm.Activity;

/// <summary>The rows of usage by day.</summary>
internal static class ActivityRoutes
{
    public static readonly TextParameter StartDate = new(
        "start_date",
        "The first day, such as 2026-11-01. Default: seven days before the last one."
    );
    public static readonly TextParameter EndDate = new("end_date", "The last day, which is included. Default: today.");
    public static readonly TextParameter Model = new("model", "Only this model.");
    public static readonly TextParameter ApiKey = new("api_key", "Only this key, by its token.") { Max = 512 };
    public static readonly TextParameter UserId = new("user_id", "Only this user.");
    public static readonly TextParameter TeamIds = new("team_ids", "Only these teams, separated by commas.")
    {
        Max = 4096,
    };
    public static readonly IntegerParameter Page = new("page", 1, 1_000_000, 1, "The number of the page.");
    public static readonly IntegerParameter PageSize = new(
        "page_size",
        1,
        1000,
        50,
        "The maximum number of days on a page."
    );
    public static readonly IntegerParameter Timezone = new(
        "timezone",
        -840,
        840,
        0,
        "The minutes from local time to UTC, as in browsers: -60 for an hour east of Greenwich."
    );

    public static readonly ApiRoute User = Create("/user/daily/activity") with
    {
        Summary = "Returns usage by day, newest first; the totals are those of the whole range.",
        Parameters = [StartDate, EndDate, Model, ApiKey, UserId, Page, PageSize, Timezone],
    };

    public static readonly ApiRoute Aggregated = Create("/user/daily/activity/aggregated") with
    {
        Summary = "Returns usage by day, all days of the range at once.",
        Parameters = [StartDate, EndDate, Model, ApiKey, UserId, Timezone],
    };

    public static readonly ApiRoute Team = Create("/team/daily/activity") with
    {
        Summary = "Returns the usage of teams by day, newest first; the totals are those of the whole range.",
        Parameters = [StartDate, EndDate, Model, ApiKey, TeamIds, Page, PageSize, Timezone],
    };

    private static ApiRoute Create(string path) =>
        new("GET", path)
        {
            Area = "LiteLLM",
            Summary = "",
            Access = RouteAccess.Within(Permission.UsageRead) with { AdmitsKeys = true },
            Response = LiteLlmActivityJson.Default.ActivityShape,
            HasOpenAIErrors = true,
            IsForCallers = true,
        };
}

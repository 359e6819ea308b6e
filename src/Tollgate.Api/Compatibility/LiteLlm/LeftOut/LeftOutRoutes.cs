using Microsoft.AspNetCore.Http;
using Tollgate.Api.Authorization;

namespace Tollgate.Api.Compatibility.LiteLlm.LeftOut;

/// <summary>
/// The rows of LiteLLM's routes that are left out. They respond with 501 and what to use instead, rather than with 404,
/// which some clients read as "it was deleted".
/// </summary>
internal static class LeftOutRoutes
{
    private const string Models = "Models are configuration here: edit model_list in tollgate.yaml, and restart.";
    private const string Budgets =
        "There are no budgets apart from what they limit: set max_budget of a key, user, or team, or use "
        + "POST /api/v1/limits.";
    private const string Members =
        "A team consists of keys: use POST /key/generate with team_id and user_id. A manager of a team is an account: "
        + "PATCH /api/v1/accounts/{name}.";
    private const string Block =
        "Set rpm_limit to 0 with POST /key/update to deny its calls, and to null to allow them again, or revoke it "
        + "with POST /key/delete.";
    private const string BlockTeam =
        "Set rpm_limit to 0 with POST /team/update to deny its calls, and to null to allow them again.";

    /// <summary>All rows.</summary>
    public static IReadOnlyList<ApiRoute> All { get; } =
    [
        .. Create("POST", Block, "/key/block", "/key/unblock"),
        .. Create("POST", BlockTeam, "/team/block", "/team/unblock"),
        .. Create("POST", Members, "/team/member_add", "/team/member_update", "/team/member_delete"),
        .. Create("POST", Members, "/team/permissions_update"),
        .. Create("GET", Members, "/team/permissions_list"),
        .. Create("POST", Budgets, "/budget/new", "/budget/update", "/budget/info", "/budget/delete"),
        .. Create("GET", Budgets, "/budget/list"),
        .. Create("POST", Models, "/model/new", "/model/update", "/model/delete"),
        .. Create("PATCH", Models, "/model/{id}/update"),
        .. CreateAll(
            "An organization is a property of keys: organization_id, and limits by organization.",
            "/organization"
        ),
        .. CreateAll("A project is an entry of the registry: /api/v1/projects.", "/project"),
        .. CreateAll("A tag is a property of calls: x-tollgate-tags, and limits by tag.", "/tag"),
        .. CreateAll("An end user is a property of calls; a user is /user/new.", "/customer"),
        .. CreateAll("Keys of providers are configuration: tollgate.yaml and the environment.", "/credentials"),
        .. CreateAll("This gateway does not serve MCP.", "/mcp"),
        .. CreateAll("This gateway does not check the content of calls.", "/guardrails"),
        .. CreateAll("The configuration is tollgate.yaml.", "/config"),
        .. CreateAll("Sign-in is /api/auth/login and /api/v1/session.", "/sso"),
        .. CreateAll("Events are sent by alerts, OpenTelemetry, and /metrics.", "/callbacks"),
    ];

    /// <summary>The paths below a prefix that clients read and write.</summary>
    private static IEnumerable<ApiRoute> CreateAll(string instead, string prefix) =>
        [.. Create("GET", instead, prefix + "/{*path}"), .. Create("POST", instead, prefix + "/{*path}")];

    private static IEnumerable<ApiRoute> Create(string method, string instead, params string[] paths) =>
        paths.Select(path => new ApiRoute(method, path)
        {
            Area = "LiteLLM",
            Summary = instead,
            Access = RouteAccess.SignedIn,
            Success = StatusCodes.Status501NotImplemented,
            HasOpenAIErrors = true,
            Instead = instead,
        });
}

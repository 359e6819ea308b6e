using System.Text.Json.Serialization.Metadata;
using Tollgate.Api.Authorization;
using Tollgate.Api.Parameters;
using Tollgate.Identity.Permissions;

namespace Tollgate.Api.Compatibility.LiteLlm.Members;

/// <summary>The rows that list and change users.</summary>
internal static class UserAdminRoutes
{
    public static readonly IntegerParameter Page = new("page", 1, 1_000_000, 1, "The number of the page.");
    public static readonly IntegerParameter PageSize = new(
        "page_size",
        1,
        100,
        25,
        "The maximum number of users on a page."
    );
    public static readonly TextParameter Email = new("user_email", "Only users whose email address contains this.");
    public static readonly TextParameter UserIds = new("user_ids", "Only these users, separated by commas.")
    {
        Max = 4096,
    };

    public static readonly ApiRoute List = new("GET", "/user/list")
    {
        Area = "LiteLLM",
        Summary = "Lists the users that have an entry, a key, or a limit.",
        Access = RouteAccess.Everything(Permission.RegistryRead),
        Parameters = [Page, PageSize, Email, UserIds],
        Response = LiteLlmMemberJson.Default.UserPageShape,
        HasOpenAIErrors = true,
    };

    public static readonly ApiRoute Create = CreateRow("/user/new", "user.create") with
    {
        Summary = "Creates a user with its limits, and a key that is bound to it.",
        Body = LiteLlmMemberJson.Default.NewUserBody,
        Example = """{"user_email": "ann@example.com", "max_budget": 10, "budget_duration": "1mo"}""",
    };

    public static readonly ApiRoute Update = CreateRow("/user/update", "user.update") with
    {
        Summary = "Changes a user and its limits.",
        Body = LiteLlmMemberJson.Default.UpdateUserBody,
        Example = """{"user_id": "ann@example.com", "max_budget": 20}""",
    };

    public static readonly ApiRoute Delete = CreateRow(
        "/user/delete",
        "user.delete",
        LiteLlmMemberJson.Default.DeletedMembersShape
    ) with
    {
        Summary = "Deletes users with their limits, and revokes their keys. Their recorded usage is kept.",
        Body = LiteLlmMemberJson.Default.DeleteUsersBody,
        Example = """{"user_ids": ["ann@example.com"]}""",
    };

    /// <summary>All rows.</summary>
    public static IReadOnlyList<ApiRoute> All => [List, Create, Update, Delete];

    private static ApiRoute CreateRow(string path, string audit, JsonTypeInfo? response = null) =>
        new("POST", path)
        {
            Area = "LiteLLM",
            Summary = "",
            Access = RouteAccess.Everything(Permission.RegistryWrite),
            Audit = audit,
            Response = response ?? LiteLlmMemberJson.Default.UserShape,
            HasOpenAIErrors = true,
        };
}

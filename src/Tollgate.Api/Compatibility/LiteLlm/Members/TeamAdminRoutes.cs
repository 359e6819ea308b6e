using System.Text.Json.Serialization.Metadata;
using Tollgate.Api.Authorization;
using Tollgate.Identity.Permissions;

namespace Tollgate.Api.Compatibility.LiteLlm.Members;

/// <summary>The rows that list and change teams.</summary>
internal static class TeamAdminRoutes
{
    public static readonly ApiRoute List = new("GET", "/team/list")
    {
        Area = "LiteLLM",
        Summary = "Lists the teams that have an entry, a key, or a limit.",
        Access = RouteAccess.Everything(Permission.RegistryRead),
        Response = LiteLlmMemberJson.Default.IReadOnlyListTeamShape,
        HasOpenAIErrors = true,
    };

    public static readonly ApiRoute Create = CreateRow("/team/new", "team.create") with
    {
        Summary = "Creates a team with its limits.",
        Body = LiteLlmMemberJson.Default.NewTeamBody,
        Example = """{"team_id": "alpha", "team_alias": "Team Alpha", "max_budget": 100, "budget_duration": "30d"}""",
    };

    public static readonly ApiRoute Update = CreateRow("/team/update", "team.update") with
    {
        Summary = "Changes a team and its limits.",
        Body = LiteLlmMemberJson.Default.UpdateTeamBody,
        Example = """{"team_id": "alpha", "max_budget": 200}""",
    };

    public static readonly ApiRoute Delete = CreateRow(
        "/team/delete",
        "team.delete",
        LiteLlmMemberJson.Default.DeletedMembersShape
    ) with
    {
        Summary = "Deletes teams with their limits, and revokes their keys. Their recorded usage is kept.",
        Body = LiteLlmMemberJson.Default.DeleteTeamsBody,
        Example = """{"team_ids": ["omega"]}""",
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
            Response = response ?? LiteLlmMemberJson.Default.TeamShape,
            HasOpenAIErrors = true,
        };
}

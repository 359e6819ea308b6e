using Tollgate.Api.Authorization;
using Tollgate.Api.Parameters;
using Tollgate.Identity.Permissions;

namespace Tollgate.Api.Compatibility.LiteLlm.Members;

/// <summary>The rows that show a user or a team.</summary>
internal static class MemberInfoRoutes
{
    private const string Area = "LiteLLM";

    /// <summary>A user.</summary>
    public static readonly TextParameter UserId = new("user_id", "The user. Default: the sender's own.");

    /// <summary>A team.</summary>
    public static readonly TextParameter TeamId = new("team_id", "The team. Default: that of the sender's key.");

    public static readonly ApiRoute User = new("GET", "/user/info")
    {
        Area = Area,
        Summary = "Returns a user with its limits, its spend, and its keys.",
        Access = RouteAccess.Within(Permission.KeysRead) with { AdmitsKeys = true },
        Parameters = [UserId],
        Response = LiteLlmMemberJson.Default.UserInfoShape,
        HasOpenAIErrors = true,
        IsForCallers = true,
    };

    public static readonly ApiRoute Team = new("GET", "/team/info")
    {
        Area = Area,
        Summary = "Returns a team with its limits, its spend, and its keys.",
        Access = RouteAccess.Within(Permission.KeysRead) with { AdmitsKeys = true },
        Parameters = [TeamId],
        Response = LiteLlmMemberJson.Default.TeamInfoShape,
        HasOpenAIErrors = true,
        IsForCallers = true,
    };
}

using Tollgate.Api.Authorization;
using Tollgate.Api.Compatibility.LiteLlm.Activity;
using Tollgate.Api.Compatibility.LiteLlm.Health;
using Tollgate.Api.Compatibility.LiteLlm.Keys;
using Tollgate.Api.Compatibility.LiteLlm.LeftOut;
using Tollgate.Api.Compatibility.LiteLlm.Members;
using Tollgate.Api.Compatibility.LiteLlm.Models;
using Tollgate.Api.Compatibility.LiteLlm.Spend;

namespace Tollgate.Api.Compatibility.LiteLlm;

/// <summary>The rows of the routes that LiteLLM's clients call.</summary>
internal static class LiteLlmRoutes
{
    /// <summary>All rows.</summary>
    public static IReadOnlyList<ApiRoute> All =>
        [
            KeyInfoRoutes.Get,
            .. KeyAdminRoutes.All,
            MemberInfoRoutes.User,
            MemberInfoRoutes.Team,
            .. UserAdminRoutes.All,
            .. TeamAdminRoutes.All,
            ActivityRoutes.User,
            ActivityRoutes.Aggregated,
            ActivityRoutes.Team,
            ModelInfoRoutes.Unversioned,
            ModelInfoRoutes.First,
            ModelInfoRoutes.Second,
            ModelInfoRoutes.Groups,
            HealthRoutes.Liveliness,
            HealthRoutes.Liveness,
            HealthRoutes.Readiness,
            .. SpendRoutes.All,
            .. LeftOutRoutes.All,
        ];
}

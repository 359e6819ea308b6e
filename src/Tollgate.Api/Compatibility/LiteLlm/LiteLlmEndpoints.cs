using Tollgate.Api.Compatibility.LiteLlm.Activity;
using Tollgate.Api.Compatibility.LiteLlm.Health;
using Tollgate.Api.Compatibility.LiteLlm.Keys;
using Tollgate.Api.Compatibility.LiteLlm.LeftOut;
using Tollgate.Api.Compatibility.LiteLlm.Members;
using Tollgate.Api.Compatibility.LiteLlm.Models;
using Tollgate.Api.Compatibility.LiteLlm.Spend;
using Tollgate.Api.Composition;
using Tollgate.Api.Routing;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Compatibility.LiteLlm;

/// <summary>The routes that LiteLLM's clients call.</summary>
/// <param name="workspace">The ledger that they work on.</param>
/// <param name="models">The models that callers can name.</param>
internal sealed class LiteLlmEndpoints(Workspace workspace, ServedModels models)
{
    /// <summary>The routes with their implementations.</summary>
    public IReadOnlyList<ApiEndpoint> All =>
        [
            .. new KeyInfoEndpoints(workspace).All,
            .. new KeyAdminEndpoints(workspace).All,
            .. new KeyListEndpoints(workspace).All,
            .. new MemberInfoEndpoints(workspace).All,
            .. new UserAdminEndpoints(workspace).All,
            .. new TeamAdminEndpoints(workspace).All,
            .. new ActivityEndpoints(workspace).All,
            .. new ModelInfoEndpoints(workspace, models).All,
            .. new HealthEndpoints(workspace).All,
            .. new SpendLogEndpoints(workspace).All,
            .. new SpendReportEndpoints(workspace).All,
            .. LeftOutEndpoints.All,
        ];
}

using Tollgate.Accounting.Registry;
using Tollgate.Api.Authentication;
using Tollgate.Api.Compatibility.LiteLlm;
using Tollgate.Api.Compatibility.OpenAIUsage;
using Tollgate.Api.Compatibility.TokenTracker;
using Tollgate.Api.Contracts.Registry;
using Tollgate.Api.Endpoints.Accounts;
using Tollgate.Api.Endpoints.Alerts;
using Tollgate.Api.Endpoints.Changes;
using Tollgate.Api.Endpoints.Documentation;
using Tollgate.Api.Endpoints.Keys;
using Tollgate.Api.Endpoints.Limits;
using Tollgate.Api.Endpoints.Members;
using Tollgate.Api.Endpoints.Pages;
using Tollgate.Api.Endpoints.Queries;
using Tollgate.Api.Endpoints.ServiceTokens;
using Tollgate.Api.Endpoints.Sessions;
using Tollgate.Api.Endpoints.Usage;
using Tollgate.Api.Metrics;
using Tollgate.Api.Models;
using Tollgate.Api.OpenApi;
using Tollgate.Api.Routing;
using Tollgate.Operations.Registry;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api;

/// <summary>All routes with their implementations.</summary>
/// <param name="workspace">The ledger that they work on.</param>
/// <param name="identity">The services of sign-in.</param>
/// <param name="models">The models that callers can name.</param>
/// <param name="metrics">The metrics of the gateway.</param>
internal sealed class EndpointCollection(
    Workspace workspace,
    IdentityAccess identity,
    ServedModels models,
    MetricsSource metrics
)
{
    /// <summary>The routes with their implementations.</summary>
    public IReadOnlyList<ApiEndpoint> All { get; } =
    [
        .. new SessionEndpoints(workspace, identity).All,
        .. new AccountEndpoints(workspace, identity).All,
        .. new ServiceTokenEndpoints(workspace, identity).All,
        .. new TokenUsageEndpoints(workspace).All,
        .. new TokenLimitEndpoints(workspace).All,
        .. new KeyEndpoints(workspace).All,
        .. new MemberEndpoints<User, AddUserBody, ChangeUserBody>(
            MemberRoutes.Users,
            RegistryOperations.Users(workspace),
            MemberBodies.Users
        ).All,
        .. new MemberEndpoints<Project, AddMemberBody, ChangeMemberBody>(
            MemberRoutes.Projects,
            RegistryOperations.Projects(workspace),
            MemberBodies.Projects
        ).All,
        .. new MemberEndpoints<Application, AddMemberBody, ChangeMemberBody>(
            MemberRoutes.Applications,
            RegistryOperations.Applications(workspace),
            MemberBodies.Applications
        ).All,
        .. new LimitEndpoints(workspace).All,
        .. new ChangeEndpoints(workspace).All,
        .. new AlertEndpoints(workspace).All,
        .. new UsageEndpoints(workspace).All,
        .. new QueryEndpoints(workspace).All,
        .. new DocumentationEndpoints(
            new Lazy<string>(static () => OpenApiDocument.Create(RouteTable.All, ApiVersion.Text))
        ).All,
        .. new PageEndpoints(workspace, metrics).All,
        .. new LiteLlmEndpoints(workspace, models).All,
        .. new OpenAIUsageEndpoints(workspace).All,
    ];
}

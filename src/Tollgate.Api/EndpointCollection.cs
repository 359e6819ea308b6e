using Tollgate.Accounting.Registry;
using Tollgate.Api.Authentication;
using Tollgate.Api.Compatibility.LiteLlm;
using Tollgate.Api.Compatibility.LlmMonitoring;
using Tollgate.Api.Compatibility.OpenAIUsage;
using Tollgate.Api.Compatibility.TokenAnalytics;
using Tollgate.Api.Compatibility.TokenTracker;
using Tollgate.Api.Composition;
using Tollgate.Api.Contracts.Registry;
using Tollgate.Api.Endpoints.Accounts;
using Tollgate.Api.Endpoints.Alerts;
using Tollgate.Api.Endpoints.Changes;
using Tollgate.Api.Endpoints.Documentation;
using Tollgate.Api.Endpoints.Exports;
using Tollgate.Api.Endpoints.Jobs;
using Tollgate.Api.Endpoints.Keys;
using Tollgate.Api.Endpoints.Limits;
using Tollgate.Api.Endpoints.Members;
using Tollgate.Api.Endpoints.OpenId;
using Tollgate.Api.Endpoints.Pages;
using Tollgate.Api.Endpoints.Prices;
using Tollgate.Api.Endpoints.Providers;
using Tollgate.Api.Endpoints.Queries;
using Tollgate.Api.Endpoints.Refusals;
using Tollgate.Api.Endpoints.ServiceTokens;
using Tollgate.Api.Endpoints.Sessions;
using Tollgate.Api.Endpoints.Status;
using Tollgate.Api.Endpoints.Usage;
using Tollgate.Api.OpenApi;
using Tollgate.Api.Routing;
using Tollgate.Operations.Jobs;
using Tollgate.Operations.Keys;
using Tollgate.Operations.Registry;
using Tollgate.Operations.Status;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api;

/// <summary>All routes with their implementations.</summary>
/// <param name="workspace">The ledger that they work on.</param>
/// <param name="identity">The services of sign-in.</param>
/// <param name="process">The process that serves them.</param>
/// <param name="jobs">Work in the background.</param>
/// <param name="options">The parts of the program outside the API.</param>
internal sealed class EndpointCollection(
    Workspace workspace,
    IdentityAccess identity,
    ProcessSource process,
    JobOperations jobs,
    ApiOptions options
)
{
    /// <summary>The routes with their implementations.</summary>
    public IReadOnlyList<ApiEndpoint> All { get; } =
    [
        .. new SessionEndpoints(workspace, identity).All,
        .. new OpenIdEndpoints(workspace, identity).All,
        .. new AccountEndpoints(workspace, identity).All,
        .. new ServiceTokenEndpoints(workspace, identity).All,
        .. new TokenUsageEndpoints(workspace).All,
        .. new TokenLimitEndpoints(workspace).All,
        .. new KeyEndpoints(workspace).All,
        .. new MemberEndpoints<User, AddUserBody, ChangeUserBody>(
            MemberRoutes.Users,
            RegistryOperations.Users(workspace),
            MemberBodies.Users,
            new KeyOperations(workspace)
        ).All,
        .. new MemberEndpoints<Team, AddTeamBody, ChangeTeamBody>(
            MemberRoutes.Teams,
            RegistryOperations.Teams(workspace),
            MemberBodies.Teams,
            new KeyOperations(workspace)
        ).All,
        .. new MemberEndpoints<Project, AddMemberBody, ChangeMemberBody>(
            MemberRoutes.Projects,
            RegistryOperations.Projects(workspace),
            MemberBodies.Projects,
            new KeyOperations(workspace)
        ).All,
        .. new MemberEndpoints<Application, AddMemberBody, ChangeMemberBody>(
            MemberRoutes.Applications,
            RegistryOperations.Applications(workspace),
            MemberBodies.Applications,
            new KeyOperations(workspace)
        ).All,
        .. new LimitEndpoints(workspace).All,
        .. new ChangeEndpoints(workspace).All,
        .. new AlertEndpoints(workspace).All,
        .. new UsageEndpoints(workspace).All,
        .. new LiveEndpoints(workspace).All,
        .. new RefusalEndpoints(workspace).All,
        .. new QueryEndpoints(workspace).All,
        .. new ProviderEndpoints(workspace, identity, process).All,
        .. new PriceEndpoints(workspace).All,
        .. new StatusEndpoints(workspace, process).All,
        .. new LlmMonitoringEndpoints(workspace, process.Providers).All,
        .. new ExportEndpoints(workspace, options).All,
        .. new TokenAnalyticsEndpoints(workspace, jobs, options).All,
        .. new JobEndpoints(jobs, workspace.Time).All,
        .. new JobStartEndpoints(workspace, jobs, options).All,
        .. new DocumentationEndpoints(
            new Lazy<string>(static () => OpenApiDocument.Create(RouteTable.All, ApiVersion.Text))
        ).All,
        .. new PageEndpoints(workspace, options.Metrics).All,
        .. new LiteLlmEndpoints(workspace, options.Models).All,
        .. new OpenAIUsageEndpoints(workspace).All,
    ];
}

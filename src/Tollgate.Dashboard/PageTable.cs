using Tollgate.Api.Authentication;
using Tollgate.Dashboard.Pages.Audit;
using Tollgate.Dashboard.Pages.Calls;
using Tollgate.Dashboard.Pages.Explore;
using Tollgate.Dashboard.Pages.Keys;
using Tollgate.Dashboard.Pages.Limits;
using Tollgate.Dashboard.Pages.Me;
using Tollgate.Dashboard.Pages.Overview;
using Tollgate.Dashboard.Pages.Prices;
using Tollgate.Dashboard.Pages.Providers;
using Tollgate.Dashboard.Pages.Settings;
using Tollgate.Dashboard.Pages.SignIn;
using Tollgate.Dashboard.Routing;
using Tollgate.Operations.Status;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Dashboard;

/// <summary>All pages with their implementations.</summary>
/// <param name="workspace">The ledger that they show.</param>
/// <param name="identity">The services of sign-in.</param>
/// <param name="process">The process that serves them.</param>
internal sealed class PageTable(Workspace workspace, IdentityAccess identity, ProcessSource process)
{
    /// <summary>The pages.</summary>
    public IReadOnlyList<PageEndpoint> All { get; } =
    [
        .. new SignInEndpoints(workspace, identity).All,
        .. new OverviewEndpoints(workspace).All,
        .. new ExploreEndpoints(workspace).All,
        .. new CallEndpoints(workspace).All,
        .. new LimitEndpoints(workspace).All,
        .. new KeyEndpoints(workspace).All,
        .. new PriceEndpoints(workspace).All,
        .. new ProviderEndpoints(workspace, process).All,
        .. new AuditEndpoints(workspace).All,
        .. new SettingsEndpoints(workspace, identity, process).All,
        .. new MeEndpoints(workspace, identity).All,
    ];
}

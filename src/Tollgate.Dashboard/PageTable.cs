using Tollgate.Api.Authentication;
using Tollgate.Dashboard.Pages.Calls;
using Tollgate.Dashboard.Pages.Overview;
using Tollgate.Dashboard.Pages.SignIn;
using Tollgate.Dashboard.Routing;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Dashboard;

/// <summary>All pages with their implementations.</summary>
/// <param name="workspace">The ledger that they show.</param>
/// <param name="identity">The services of sign-in.</param>
internal sealed class PageTable(Workspace workspace, IdentityAccess identity)
{
    /// <summary>The pages.</summary>
    public IReadOnlyList<PageEndpoint> All { get; } =
    [
        .. new SignInEndpoints(workspace, identity).All,
        .. new OverviewEndpoints(workspace).All,
        .. new CallEndpoints(workspace).All,
    ];
}

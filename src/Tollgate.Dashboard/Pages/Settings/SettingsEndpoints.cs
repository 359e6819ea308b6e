using Microsoft.AspNetCore.Http;
using Tollgate.Api.Authentication;
using Tollgate.Dashboard.Layout;
using Tollgate.Dashboard.Requests;
using Tollgate.Dashboard.Routing;
using Tollgate.Identity.Permissions;
using Tollgate.Operations.Status;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Dashboard.Pages.Settings;

/// <summary>The settings in force, and the state of the program.</summary>
internal sealed class SettingsEndpoints(Workspace workspace, IdentityAccess identity, ProcessSource process)
{
    private readonly StatusOperations _status = new(workspace, process);

    /// <summary>The pages with their implementations.</summary>
    public IReadOnlyList<PageEndpoint> All =>
        [new(new PageRoute("GET", "/settings") { Permission = Permission.SettingsRead }, ShowAsync)];

    private async Task<IResult> ShowAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var parts = await identity.GetAsync(cancellationToken);
        return SettingsPage.Create(
            new SettingsModel(
                new FrameModel(request, "Settings", "settings"),
                await _status.ReadAsync(cancellationToken),
                _status.ListSettings()
            )
            {
                Accounts = request.May(Permission.AccountsRead)
                    ? await parts.Accounts.ListAsync(cancellationToken)
                    : [],
                Now = workspace.Now,
            }
        );
    }
}

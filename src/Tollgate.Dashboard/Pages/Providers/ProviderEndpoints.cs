using Microsoft.AspNetCore.Http;
using Tollgate.Dashboard.Layout;
using Tollgate.Dashboard.Requests;
using Tollgate.Dashboard.Routing;
using Tollgate.Identity.Permissions;
using Tollgate.Operations.Providers;
using Tollgate.Operations.Status;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Dashboard.Pages.Providers;

/// <summary>The providers and their keys.</summary>
internal sealed class ProviderEndpoints(Workspace workspace, ProcessSource process)
{
    private readonly ProviderOperations _providers = new(workspace, process.Providers);

    /// <summary>The pages with their implementations.</summary>
    public IReadOnlyList<PageEndpoint> All =>
        [
            new(new PageRoute("GET", "/providers") { Permission = Permission.ProvidersRead }, ListAsync),
            new(new PageRoute("POST", "/providers/{name}/test") { Permission = Permission.ProvidersWrite }, TestAsync),
        ];

    private Task<IResult> ListAsync(PageRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(Show(request, tested: null));

    private async Task<IResult> TestAsync(PageRequest request, CancellationToken cancellationToken) =>
        Show(request, await _providers.TestAsync(request.GetPathValue("name"), request.Actor, cancellationToken));

    private IResult Show(PageRequest request, ProviderTestResult? tested) =>
        ProviderListPage.Create(
            new ProviderListModel(
                new FrameModel(request, "Providers", "providers"),
                [
                    .. _providers
                        .List()
                        .OrderByDescending(static provider => provider.Configured)
                        .ThenBy(static provider => provider.Name, StringComparer.Ordinal),
                ]
            )
            {
                Tested = tested,
                MayWrite = request.May(Permission.ProvidersWrite),
            }
        );
}

using Microsoft.AspNetCore.Http;
using Tollgate.Accounting.Usage;
using Tollgate.Api.Problems;
using Tollgate.Dashboard.Figures;
using Tollgate.Dashboard.Layout;
using Tollgate.Dashboard.Requests;
using Tollgate.Dashboard.Routing;
using Tollgate.Identity.Permissions;
using Tollgate.Operations.Usage;
using Tollgate.Operations.Usage.Calls;
using Tollgate.Operations.Usage.Facets;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Dashboard.Pages.Calls;

/// <summary>The list of calls, and single ones.</summary>
internal sealed class CallEndpoints(Workspace workspace)
{
    private const int CallsOfPage = 50,
        ValuesOfFacet = 6;

    private static readonly (string Title, UsageDimension Dimension)[] Facets =
    [
        ("Model", UsageDimension.Model),
        ("Provider", UsageDimension.Provider),
        ("Project", UsageDimension.Project),
        ("User", UsageDimension.User),
    ];

    /// <summary>The pages with their implementations.</summary>
    public IReadOnlyList<PageEndpoint> All =>
        [
            new(new PageRoute("GET", "/calls") { Permission = Permission.CallsRead }, ListAsync),
            new(new PageRoute("GET", "/calls/{id}") { Permission = Permission.CallsRead }, ShowAsync),
        ];

    private async Task<IResult> ListAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var (usage, state) = (new UsageOperations(workspace, request.Reach), request.State);
        var query = request.Http.Request.Query;
        var page = await usage.ListCallsAsync(
            new CallListRequest(state.Scope)
            {
                Limit = CallsOfPage,
                After = query["after"].FirstOrDefault(),
                Before = query["before"].FirstOrDefault(),
            },
            cancellationToken
        );
        var facets = new List<(string, string, FacetResult)>();
        foreach (var (title, dimension) in Facets)
            facets.Add(
                (
                    title,
                    EnumText.Name(dimension),
                    await usage.FacetsAsync(
                        new FacetRequest(state.Scope, dimension) { Top = ValuesOfFacet },
                        cancellationToken
                    )
                )
            );
        return CallListPage.Create(
            new CallListModel(new FrameModel(request, "Calls", "calls") { HasRange = true }, page)
            {
                Facets = facets,
                Now = workspace.Now,
            }
        );
    }

    private async Task<IResult> ShowAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var text = request.GetPathValue("id");
        if (!Guid.TryParse(text, out var id))
            throw new ProblemException(ProblemCode.NotFound, $"There is no call '{text}'. The id of a call is a UUID.");
        var usage = new UsageOperations(workspace, request.Reach);
        return CallDetailsPage.Create(
            new CallModel(new FrameModel(request, "Call", "calls"), await usage.FindCallAsync(id, cancellationToken))
        );
    }
}

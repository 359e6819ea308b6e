using Microsoft.AspNetCore.Http;
using Tollgate.Dashboard.Figures;
using Tollgate.Dashboard.Layout;
using Tollgate.Dashboard.Requests;
using Tollgate.Dashboard.Routing;
using Tollgate.Identity.Permissions;
using Tollgate.Operations.Usage;
using Tollgate.Operations.Usage.Scopes;
using Tollgate.Operations.Usage.Series;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Dashboard.Pages.Explore;

/// <summary>Questions to the ledger.</summary>
internal sealed class ExploreEndpoints(Workspace workspace)
{
    /// <summary>The pages with their implementations.</summary>
    public IReadOnlyList<PageEndpoint> All =>
        [new(new PageRoute("GET", "/explore") { Permission = Permission.UsageRead }, ShowAsync)];

    private async Task<IResult> ShowAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var (state, query) = (request.State, ExploreQuery.Read(request.Http.Request.Query));
        var series = await new UsageOperations(workspace, request.Reach).SeriesAsync(
            new SeriesRequest(state.Scope)
            {
                Measures = [query.Measure],
                Group = query.Group,
                Top = query.Top,
                Bucket = query.Bucket,
                IsCumulative = query.IsCumulative,
                Comparison = RangeComparison.Find(state.Compare, state.Range),
            },
            cancellationToken
        );
        var title = ExploreModel.Measures.First(measure => measure.Measure == query.Measure).Title;
        return ExplorePage.Create(
            new ExploreModel(
                new FrameModel(request, "Explore", "explore") { HasRange = true },
                SeriesChart.Create(series, title, EnumText.Name(query.Group), state),
                query
            )
            {
                GroupCount = series.GroupCount,
                Unpriced = series.Unpriced,
            }
        );
    }
}

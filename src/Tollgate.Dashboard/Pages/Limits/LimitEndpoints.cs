using Microsoft.AspNetCore.Http;
using Tollgate.Api.Endpoints.Limits;
using Tollgate.Dashboard.Layout;
using Tollgate.Dashboard.Requests;
using Tollgate.Dashboard.Routing;
using Tollgate.Identity.Permissions;
using Tollgate.Operations.Keys;
using Tollgate.Operations.Limits;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Dashboard.Pages.Limits;

/// <summary>The budgets and limits.</summary>
internal sealed class LimitEndpoints(Workspace workspace)
{
    private readonly LimitOperations _limits = new(workspace);
    private readonly KeyOperations _keys = new(workspace);

    /// <summary>The pages with their implementations.</summary>
    public IReadOnlyList<PageEndpoint> All =>
        [new(new PageRoute("GET", "/limits") { Permission = Permission.LimitsRead }, ListAsync)];

    private async Task<IResult> ListAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var keys = await _keys.ListAsync(cancellationToken);
        var limits = (await _limits.ListAsync(cancellationToken)).Limits.Where(limit =>
            request.Person!.Reach.Shows(limit.Scope, keys)
        );
        var usage = await _limits.ReadUsageAsync(cancellationToken);
        var byLimit = usage.Limits.ToLookup(static counter => counter.Limit);
        var rows = limits.SelectMany(limit =>
            byLimit[limit.Id].Select(counter => new LimitRow(limit, counter)).DefaultIfEmpty(new LimitRow(limit, null))
        );
        return LimitListPage.Create(
            new LimitListModel(
                new FrameModel(request, "Budgets & limits", "limits"),
                [.. rows.OrderByDescending(static row => row.UsedPart ?? -1).ThenBy(static row => row.Limit.Id)]
            )
            {
                Problems = usage.Problems,
                Now = workspace.Now,
            }
        );
    }
}

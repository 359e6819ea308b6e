using Microsoft.AspNetCore.Http;
using Tollgate.Dashboard.Layout;
using Tollgate.Dashboard.Requests;
using Tollgate.Dashboard.Routing;
using Tollgate.Identity.Permissions;
using Tollgate.Operations.Prices;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Dashboard.Pages.Prices;

/// <summary>The models and their prices.</summary>
internal sealed class PriceEndpoints(Workspace workspace)
{
    private const int MaxRows = 200;

    private readonly PriceCatalog _prices = new(workspace);

    /// <summary>The pages with their implementations.</summary>
    public IReadOnlyList<PageEndpoint> All =>
        [new(new PageRoute("GET", "/prices") { Permission = Permission.PricesRead }, ListAsync)];

    private async Task<IResult> ListAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var search = request.State.Search;
        var matching = _prices
            .List(provider: null, model: null, at: null)
            .Where(price =>
                search is null
                || price.Model.Contains(search, StringComparison.OrdinalIgnoreCase)
                || price.Provider.Contains(search, StringComparison.OrdinalIgnoreCase)
            )
            .ToList();
        return PriceListPage.Create(
            new PriceListModel(
                new FrameModel(request, "Models & prices", "prices") { HasRange = true },
                [.. matching.Take(MaxRows)]
            )
            {
                Unpriced = await _prices.ListUnpricedAsync(request.State.Range, request.Reach, cancellationToken),
                HiddenCount = Math.Max(0, matching.Count - MaxRows),
            }
        );
    }
}

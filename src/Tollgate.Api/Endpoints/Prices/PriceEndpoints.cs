using Tollgate.Accounting.Rerating;
using Tollgate.Accounting.Usage;
using Tollgate.Api.Contracts;
using Tollgate.Api.Endpoints.Paging;
using Tollgate.Api.Endpoints.Usage;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;
using Tollgate.Api.Responses;
using Tollgate.Api.Routing;
using Tollgate.Operations.Json;
using Tollgate.Operations.Prices;
using Tollgate.Operations.Usage.Scopes;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Endpoints.Prices;

/// <summary>Prices: those in effect, their versions, comparisons, and what repricing would change.</summary>
internal sealed class PriceEndpoints(Workspace workspace)
{
    private const string DefaultRange = "30d";

    private static readonly TimeSpan PreviewLength = TimeSpan.FromDays(30);

    private readonly PriceCatalog _prices = new(workspace);
    private readonly RerateOperations _rerate = new(workspace);
    private readonly UsageReachResolver _reaches = new(workspace);

    /// <summary>The routes with their implementations.</summary>
    public IReadOnlyList<ApiEndpoint> All =>
        [
            new(PriceRoutes.List, ListAsync),
            new(PriceRoutes.Unpriced, ListUnpricedAsync),
            new(PriceRoutes.Compare, CompareAsync),
            new(PriceRoutes.Versions, ListVersionsAsync),
            new(PriceRoutes.Preview, PreviewAsync),
        ];

    private Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var prices = _prices.List(
            request.Get(PriceRoutes.Provider),
            request.Get(PriceRoutes.Model),
            request.Get(PriceRoutes.At)
        );
        var page = MemoryPages.Create(
            request,
            prices,
            static price => $"{price.Provider}\n{price.Model}",
            static price => [price.Provider, price.Model, .. price.Aliases]
        );
        return Task.FromResult<ApiResponse>(new ListResponse<PriceDetails>(page, OperationsJson.Default.PriceDetails));
    }

    private async Task<ApiResponse> ListUnpricedAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var from = request.Get(ScopeParameters.From);
        var range = TimeRangeParser.Parse(
            new TimeRangeText
            {
                Range = request.Get(PriceRoutes.Range) ?? (from is null ? DefaultRange : null),
                From = from,
                To = request.Get(ScopeParameters.To),
                Zone = request.Get(ScopeParameters.Zone),
            },
            workspace.Now
        );
        var reach = await _reaches.ResolveAsync(request.Principal.Reach, cancellationToken);
        return new ListResponse<UnpricedModel>(
            new ListPage<UnpricedModel>(await _prices.ListUnpricedAsync(range, reach, cancellationToken)),
            OperationsJson.Default.UnpricedModel
        );
    }

    private Task<ApiResponse> CompareAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var quotes = _prices.Compare(
            new QuoteRequest
            {
                Models =
                    request
                        .Get(PriceRoutes.Models)
                        ?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                    ?? [],
                InputTokens = request.Get(PriceRoutes.InputTokens),
                CachedTokens = request.Get(PriceRoutes.CachedTokens),
                OutputTokens = request.Get(PriceRoutes.OutputTokens),
                At = request.Get(PriceRoutes.At),
            }
        );
        return Task.FromResult<ApiResponse>(
            new ListResponse<PriceQuote>(new ListPage<PriceQuote>(quotes), OperationsJson.Default.PriceQuote)
        );
    }

    private Task<ApiResponse> ListVersionsAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var model = request.GetPathValue("name");
        return Task.FromResult<ApiResponse>(
            new ListResponse<PriceDetails>(
                new ListPage<PriceDetails>(_prices.ListVersions(model)),
                OperationsJson.Default.PriceDetails
            )
        );
    }

    private async Task<ApiResponse> PreviewAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync(ContractJson.Default.PreviewBody, cancellationToken);
        var (from, to) = (body.From ?? workspace.Now - PreviewLength, body.To ?? workspace.Now);
        if (from >= to)
            throw ProblemException.Invalid(
                new ProblemError
                {
                    Pointer = "/from",
                    Code = "invalid_value",
                    Message = $"from, {from:O}, must be before to, {to:O}.",
                }
            );
        var report = await _rerate.PreviewAsync(
            new RerateScope(new UsagePeriod(from, to), body.Model),
            cancellationToken
        );
        return new JsonResponse<RerateDetails>(RerateDetails.Create(report), OperationsJson.Default.RerateDetails);
    }
}

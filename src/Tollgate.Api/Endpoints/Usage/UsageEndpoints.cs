using Tollgate.Accounting.Usage;
using Tollgate.Api.Parameters;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;
using Tollgate.Api.Responses;
using Tollgate.Api.Responses.Formats;
using Tollgate.Api.Routing;
using Tollgate.Operations.Json;
using Tollgate.Operations.Usage;
using Tollgate.Operations.Usage.Calls;
using Tollgate.Operations.Usage.Facets;
using Tollgate.Operations.Usage.Series;
using Tollgate.Operations.Usage.Summaries;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Endpoints.Usage;

/// <summary>Usage: totals, series, facets, and single calls, all within the sender's reach.</summary>
internal sealed class UsageEndpoints(Workspace workspace)
{
    private readonly UsageReachResolver _reaches = new(workspace);

    /// <summary>The routes with their implementations.</summary>
    public IReadOnlyList<ApiEndpoint> All =>
        [
            new(UsageRoutes.Summary, SummarizeAsync),
            new(UsageRoutes.Series, ListSeriesAsync),
            new(UsageRoutes.Facets, ListFacetsAsync),
            new(UsageRoutes.Calls, ListCallsAsync),
            new(UsageRoutes.Call, GetCallAsync),
        ];

    private async Task<ApiResponse> SummarizeAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var usage = await OpenAsync(request, cancellationToken);
        var scope = ScopeParameters.Read(request, workspace.Now);
        var result = await usage.SummarizeAsync(
            new SummaryRequest(scope)
            {
                Comparison = ScopeParameters.ReadComparison(request, scope),
                WithPercentiles = request.Get(UsageRoutes.Percentiles),
            },
            cancellationToken
        );
        return new JsonResponse<SummaryResult>(result, OperationsJson.Default.SummaryResult);
    }

    private async Task<ApiResponse> ListSeriesAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var usage = await OpenAsync(request, cancellationToken);
        var scope = ScopeParameters.Read(request, workspace.Now);
        var result = await usage.SeriesAsync(
            new SeriesRequest(scope)
            {
                Measures = request.Get(UsageRoutes.Measures),
                Group = request.Get(UsageRoutes.Group),
                Subgroup = request.Get(UsageRoutes.Subgroup),
                Top = request.Get(UsageRoutes.Top),
                RankBy = request.Get(UsageRoutes.RankBy),
                Bucket = request.Get(UsageRoutes.Bucket) ?? SeriesBucket.Auto,
                IsCumulative = request.Get(UsageRoutes.Cumulative),
                Comparison = ScopeParameters.ReadComparison(request, scope),
            },
            cancellationToken
        );
        if (request.Format != ListFormat.Json)
            return SeriesTable.Create(result);
        return new JsonResponse<SeriesResult>(result, OperationsJson.Default.SeriesResult);
    }

    private async Task<ApiResponse> ListFacetsAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var usage = await OpenAsync(request, cancellationToken);
        var result = await usage.FacetsAsync(
            new FacetRequest(ScopeParameters.Read(request, workspace.Now), ReadField(request))
            {
                Top = request.Get(UsageRoutes.FacetTop),
            },
            cancellationToken
        );
        if (request.Format != ListFormat.Json)
            return new ListResponse<FacetValue>(new(result.Values), OperationsJson.Default.FacetValue);
        return new JsonResponse<FacetResult>(result, OperationsJson.Default.FacetResult);
    }

    private async Task<ApiResponse> ListCallsAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var usage = await OpenAsync(request, cancellationToken);
        var calls = new CallListRequest(ScopeParameters.Read(request, workspace.Now))
        {
            Sort = request.Get(UsageRoutes.Sort) ?? UsageSort.Start,
            IsAscending = request.Get(UsageRoutes.Ascending),
            Limit = request.Get(UsageRoutes.Limit),
            After = request.Get(UsageRoutes.After),
            Before = request.Get(UsageRoutes.Before),
        };
        if (request.Format is var format and not ListFormat.Json)
            return new ExportResponse<CallEntry>(
                usage.ListAllCallsAsync(calls, cancellationToken),
                OperationsJson.Default.CallEntry,
                format
            );
        var result = await usage.ListCallsAsync(calls, cancellationToken);
        return new JsonResponse<CallPage>(result, OperationsJson.Default.CallPage);
    }

    private async Task<ApiResponse> GetCallAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var text = request.GetPathValue("id");
        if (!Guid.TryParse(text, out var id))
            throw new ProblemException(ProblemCode.NotFound, $"There is no call '{text}'. The id of a call is a UUID.");
        var usage = await OpenAsync(request, cancellationToken);
        return new JsonResponse<CallDetails>(
            await usage.FindCallAsync(id, cancellationToken),
            OperationsJson.Default.CallDetails
        );
    }

    private async Task<UsageOperations> OpenAsync(ApiRequest request, CancellationToken cancellationToken) =>
        new(workspace, await _reaches.ResolveAsync(request.Principal.Reach, cancellationToken));

    private static UsageDimension ReadField(ApiRequest request)
    {
        var text = request.GetPathValue("field");
        if (NameParameter<UsageDimension>.Find(text) is { } dimension)
            return dimension;
        throw new ProblemException(
            ProblemCode.NotFound,
            $"There is no facet '{text}'. The facets are "
                + $"{string.Join(", ", NameParameter<UsageDimension>.Names)}."
        );
    }
}

using Tollgate.Accounting.Alerts;
using Tollgate.Api.Contracts;
using Tollgate.Api.Contracts.Alerts;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;
using Tollgate.Api.Responses;
using Tollgate.Api.Routing;
using Tollgate.Operations.Alerts;
using Tollgate.Operations.Json;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Endpoints.Alerts;

/// <summary>Alerts and their deliveries.</summary>
internal sealed class AlertEndpoints(Workspace workspace)
{
    private readonly AlertOperations _alerts = new(workspace);

    /// <summary>The routes with their implementations.</summary>
    public IReadOnlyList<ApiEndpoint> All => [new(AlertRoutes.List, ListAsync), new(AlertRoutes.Retry, RetryAsync)];

    private async Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var found = await _alerts.ListAsync(request.Get(AlertRoutes.Limit), cancellationToken);
        return new ListResponse<AlertWithDeliveries>(
            new ListPage<AlertWithDeliveries>(found.Alerts),
            OperationsJson.Default.AlertWithDeliveries
        );
    }

    private async Task<ApiResponse> RetryAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var id = request.GetPathValue("id");
        if (!Guid.TryParse(id, out var alert))
            throw new ProblemException(ProblemCode.NotFound, $"There is no alert '{id}'.");
        var count = await _alerts.RetryAsync(alert, request.Actor, cancellationToken);
        return new JsonResponse<RetriedDeliveries>(
            new RetriedDeliveries(count),
            ContractJson.Default.RetriedDeliveries
        );
    }
}

using Microsoft.AspNetCore.Http;
using Tollgate.Api.Requests;
using Tollgate.Api.Responses;
using Tollgate.Api.Routing;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Compatibility.LiteLlm.Health;

/// <summary>LiteLLM's health pages; they reveal nothing about callers.</summary>
internal sealed class HealthEndpoints(Workspace workspace)
{
    /// <summary>The routes with their implementations.</summary>
    public IReadOnlyList<ApiEndpoint> All =>
        [
            new(HealthRoutes.Liveliness, GetLivenessAsync),
            new(HealthRoutes.Liveness, GetLivenessAsync),
            new(HealthRoutes.Readiness, GetReadinessAsync),
        ];

    private static Task<ApiResponse> GetLivenessAsync(ApiRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<ApiResponse>(new JsonResponse<string>("I'm alive!", LiteLlmHealthJson.Default.String));

    private async Task<ApiResponse> GetReadinessAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var ledger = await workspace.OpenLedgerAsync(cancellationToken);
        var health = await ledger.ReadHealthAsync(cancellationToken);
        return new JsonResponse<ReadinessShape>(
            new ReadinessShape(
                ledger.IsWritable ? "healthy" : "unhealthy",
                health.StoreReachable == false ? "disconnected" : "connected"
            ),
            LiteLlmHealthJson.Default.ReadinessShape
        )
        {
            Status = ledger.IsWritable ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable,
        };
    }
}

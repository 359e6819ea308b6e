using Tollgate.Api.Authorization;
using Tollgate.Api.Composition;
using Tollgate.Api.Endpoints.Usage;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;
using Tollgate.Api.Responses;
using Tollgate.Api.Routing;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Endpoints.Pages;

/// <summary>
/// The gateway's own pages. The cost of a streamed response is known only after its headers are sent, so the client
/// that made the call reads it here.
/// </summary>
/// <param name="workspace">The running ledger.</param>
/// <param name="metrics">The metrics.</param>
internal sealed class PageEndpoints(Workspace workspace, MetricsSource metrics)
{
    private readonly UsageReachResolver _reaches = new(workspace);

    /// <summary>The routes with their implementations.</summary>
    public IReadOnlyList<ApiEndpoint> All =>
        [
            new(
                metrics.IsPublic ? PageRoutes.Metrics with { Access = RouteAccess.Public } : PageRoutes.Metrics,
                GetMetricsAsync
            ),
            new(PageRoutes.Call, GetCallAsync),
        ];

    private async Task<ApiResponse> GetMetricsAsync(ApiRequest request, CancellationToken cancellationToken) =>
        new TextResponse(await metrics.WriteAsync(cancellationToken), metrics.ContentType);

    private async Task<ApiResponse> GetCallAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var text = request.GetPathValue("id");
        var ledger = await workspace.OpenLedgerAsync(cancellationToken);
        var reach = await _reaches.ResolveAsync(request.Principal.Reach, cancellationToken);
        // The records of others are left out: they do not exist for the sender.
        var attempts = Guid.TryParse(text, out var call)
            ? await ledger.Query.Within(reach).FindAsync(call, cancellationToken)
            : [];
        return attempts.Count > 0
            ? new JsonResponse<CallReport>(CreateReport(call, attempts), PageJson.Default.CallReport)
            : throw new ProblemException(
                ProblemCode.NotFound,
                $"There is no recorded call {text}. A call in flight is recorded when it ends."
            );
    }

    private static CallReport CreateReport(Guid call, IReadOnlyList<UsageRecord> attempts) =>
        new(
            call,
            attempts.All(static attempt => attempt.Cost is not null)
                ? attempts.Sum(static attempt => attempt.Cost!.Value.Usd)
                : null,
            [.. attempts.Select(AttemptReport.Create)]
        );
}

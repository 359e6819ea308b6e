using Microsoft.AspNetCore.Http;
using Tollgate.Accounting.AuditTrail;
using Tollgate.Dashboard.Layout;
using Tollgate.Dashboard.Requests;
using Tollgate.Dashboard.Routing;
using Tollgate.Identity.Permissions;
using Tollgate.Operations.AuditTrail;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Dashboard.Pages.Audit;

/// <summary>The audit trail.</summary>
internal sealed class AuditEndpoints(Workspace workspace)
{
    private const int ChangesOfPage = 50;

    private readonly AuditTrailOperations _trail = new(workspace);

    /// <summary>The pages with their implementations.</summary>
    public IReadOnlyList<PageEndpoint> All =>
        [new(new PageRoute("GET", "/audit") { Permission = Permission.AuditRead }, ListAsync)];

    private async Task<IResult> ListAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var range = request.State.Range;
        var changes = await _trail.ListAsync(
            new AuditTrailSelection
            {
                From = range.From,
                To = range.To,
                Before = Guid.TryParse(request.Http.Request.Query["before"], out var id) ? id : null,
                Limit = ChangesOfPage + 1,
            },
            cancellationToken
        );
        return AuditPage.Create(
            new AuditModel(
                new FrameModel(request, "Audit trail", "audit") { HasRange = true },
                [.. changes.Take(ChangesOfPage)]
            )
            {
                Older =
                    changes.Count > ChangesOfPage
                        ? request.State.To("audit", ("before", changes[ChangesOfPage - 1].Id.ToString("N")))
                        : null,
                Now = workspace.Now,
            }
        );
    }
}

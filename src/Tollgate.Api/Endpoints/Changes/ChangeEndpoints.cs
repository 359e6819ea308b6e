using System.Runtime.CompilerServices;
using Tollgate.Accounting.AuditTrail;
using Tollgate.Api.Endpoints.Paging;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;
using Tollgate.Api.Responses;
using Tollgate.Api.Responses.Formats;
using Tollgate.Api.Routing;
using Tollgate.Operations.AuditTrail;
using Tollgate.Operations.Json;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Endpoints.Changes;

/// <summary>The audit trail.</summary>
internal sealed class ChangeEndpoints(Workspace workspace)
{
    private const int BatchSize = 500;

    private readonly AuditTrailOperations _trail = new(workspace);

    /// <summary>The routes with their implementations.</summary>
    public IReadOnlyList<ApiEndpoint> All => [new(ChangeRoutes.List, ListAsync)];

    private async Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var limit = request.Get(MemoryPages.Limit);
        var selection = new AuditTrailSelection
        {
            From = request.Get(ChangeRoutes.From),
            To = request.Get(ChangeRoutes.To),
            Actor = ParseActor(request.Get(ChangeRoutes.Actor)),
            Action = request.Get(ChangeRoutes.Action),
            Target = request.Get(ChangeRoutes.Target),
            Before = ParsePosition(request.Get(ChangeRoutes.Before)),
            Limit = limit + 1,
        };
        if (request.Format is var format and not ListFormat.Json)
            return new ExportResponse<RecordedChange>(
                ReadAllAsync(selection, cancellationToken),
                OperationsJson.Default.RecordedChange,
                format
            );
        var found = await _trail.ListAsync(selection, cancellationToken);
        var items = found.Take(limit).ToList();
        var page = new ListPage<RecordedChange>(items, found.Count > limit ? items[^1].Id.ToString("N") : null);
        return new ListResponse<RecordedChange>(page, OperationsJson.Default.RecordedChange);
    }

    private async IAsyncEnumerable<RecordedChange> ReadAllAsync(
        AuditTrailSelection selection,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var next = selection with { Limit = BatchSize };
        while (true)
        {
            var batch = await _trail.ListAsync(next, cancellationToken);
            foreach (var change in batch)
                yield return change;
            if (batch.Count < BatchSize)
                yield break;
            next = next with { Before = batch[^1].Id };
        }
    }

    private static Actor? ParseActor(string? text)
    {
        if (text is null)
            return null;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (
            colon > 0
            && Enum.TryParse<ActorKind>(text[..colon], ignoreCase: true, out var kind)
            && Enum.IsDefined(kind)
        )
            return new Actor(kind, text[(colon + 1)..]);
        throw CreateException(
            ChangeRoutes.Actor.Name,
            $"actor must be KIND:NAME, such as account:ann, not '{text}'. The kinds are operator, account, token, "
                + "and system."
        );
    }

    private static Guid? ParsePosition(string? text)
    {
        if (text is null)
            return null;
        return Guid.TryParseExact(text, "N", out var id)
            ? id
            : throw CreateException(ChangeRoutes.Before.Name, "before must be the page.next of an earlier page.");
    }

    private static ProblemException CreateException(string parameter, string message) =>
        ProblemException.Invalid(
            new ProblemError
            {
                Parameter = parameter,
                Code = "invalid_value",
                Message = message,
            }
        );
}

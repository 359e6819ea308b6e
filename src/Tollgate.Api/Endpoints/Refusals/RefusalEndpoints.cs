using System.Runtime.CompilerServices;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Transcripts;
using Tollgate.Accounting.Usage;
using Tollgate.Api.Authorization;
using Tollgate.Api.Endpoints.Paging;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;
using Tollgate.Api.Responses;
using Tollgate.Api.Responses.Formats;
using Tollgate.Api.Routing;
using Tollgate.Operations.Json;
using Tollgate.Operations.Keys;
using Tollgate.Operations.Transcripts;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Endpoints.Refusals;

/// <summary>Refused calls, and the texts of calls.</summary>
internal sealed class RefusalEndpoints(Workspace workspace)
{
    private const int BatchSize = 500;

    private readonly TranscriptOperations _transcripts = new(workspace);
    private readonly KeyOperations _keys = new(workspace);

    /// <summary>The routes with their implementations.</summary>
    public IReadOnlyList<ApiEndpoint> All =>
        [new(RefusalRoutes.List, ListAsync), new(RefusalRoutes.Transcript, ListTextsAsync)];

    private async Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var isWithin = await CreateFilterAsync(request, cancellationToken);
        var found = ReadAsync(request, cancellationToken).Where(isWithin);
        var type = OperationsJson.Default.DenialEntry;
        if (request.Format is var format and not ListFormat.Json)
            return new ExportResponse<DenialEntry>(found, type, format);
        var limit = request.Get(MemoryPages.Limit);
        var items = await found.Take(limit + 1).ToListAsync(cancellationToken);
        var next = items.Count > limit ? RefusalCursor.Format(items[limit - 1]) : null;
        return new ListResponse<DenialEntry>(new ListPage<DenialEntry>([.. items.Take(limit)], next), type);
    }

    private async Task<ApiResponse> ListTextsAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var text = request.GetPathValue("id");
        if (!Guid.TryParse(text, out var call))
            throw new ProblemException(ProblemCode.NotFound, $"There is no call '{text}'. The id of a call is a UUID.");
        var entries = await _transcripts.ShowAsync(call, cancellationToken);
        return new ListResponse<TranscriptEntry>(new(entries), OperationsJson.Default.TranscriptEntry);
    }

    /// <summary>Returns the condition that a refusal is within the sender's reach.</summary>
    private async Task<Func<DenialEntry, bool>> CreateFilterAsync(
        ApiRequest request,
        CancellationToken cancellationToken
    )
    {
        var reach = request.Principal.Reach;
        if (reach.IsEverything())
            return static _ => true;
        var teams = (await _keys.ListAsync(cancellationToken)).ToDictionary(
            static key => key.Id,
            static key => key.Team
        );
        return denial =>
            reach.Includes(denial.KeyId, denial.User, denial.KeyId is { } key ? teams.GetValueOrDefault(key) : null);
    }

    /// <summary>Reads the refusals after the cursor, newest first.</summary>
    private async IAsyncEnumerable<DenialEntry> ReadAsync(
        ApiRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var after = RefusalCursor.Parse(request.Get(RefusalRoutes.Before));
        var (from, to) = (request.Get(RefusalRoutes.From), request.Get(RefusalRoutes.To));
        while (true)
        {
            // Others may have the time of the last one, so it is read again and left out.
            var end = after is { } cursor ? cursor.Time.AddMicroseconds(1) : to;
            var batch = await _transcripts.ListDenialsAsync(
                new TranscriptSelection
                {
                    Period = new UsagePeriod(from, end),
                    User = request.Get(RefusalRoutes.User),
                    KeyId = request.Get(RefusalRoutes.Key),
                    Limit = BatchSize,
                },
                cancellationToken
            );
            var isNew = after is null;
            foreach (var denial in batch)
            {
                // The last one may have been purged since.
                if (isNew || denial.Time < after?.Time)
                    yield return denial;
                isNew |= denial.Id == after?.Id;
            }

            if (batch.Count < BatchSize || after?.Id == batch[^1].Id)
                yield break;
            after = new RefusalCursor(batch[^1].Time, batch[^1].Id);
        }
    }
}

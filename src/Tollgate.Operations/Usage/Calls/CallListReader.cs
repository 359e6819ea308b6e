using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Usage.Scopes;

namespace Tollgate.Operations.Usage.Calls;

/// <summary>
/// Reads pages of records by position rather than by number: a page costs the same however deep it is, and a record
/// that arrives meanwhile moves none to another page.
/// </summary>
/// <param name="usage">The ledger.</param>
/// <param name="request">The page.</param>
internal sealed class CallListReader(ReachableUsage usage, CallListRequest request)
{
    /// <summary>The maximum number of records that are read to sort them.</summary>
    private const long MaxSorted = 1_000_000;

    /// <summary>The maximum number of records among which those of one page are found.</summary>
    public long MaxSearched { get; init; } = 500_000;

    public async Task<CallPage> ReadAsync(CancellationToken cancellationToken)
    {
        // 1. Check.
        FieldRules.RequireRange("limit", request.Limit, 1, CallListRequest.MaxLimit);
        if (request.After is not null && request.Before is not null)
            throw FieldRules.CreateException("before", "Write either 'after' or 'before', not both.");
        if (request.Sort != UsageSort.Start)
            await usage.RequireReadableAsync("sort", request.Scope, MaxSorted, cancellationToken);

        // 2. Read one record more than the page has, to know whether there is another page.
        var (selection, end) = await CutAsync(CreateSelection(), cancellationToken);
        var found = await usage.Query.ListAsync(selection, cancellationToken);
        var records = found.Take(request.Limit).ToList();
        var further = found.Count > request.Limit ? selection.PositionOf(records[^1]) : end;
        return CreatePage(records, further, isCapped: end is not null && found.Count <= request.Limit);
    }

    private UsageSelection CreateSelection()
    {
        var selection = new UsageSelection
        {
            Period = request.Scope.Range.Period,
            Where = request.Scope.Where,
            Sort = request.Sort,
            Order = request.Order,
            Limit = request.Limit + 1,
        };
        if (request.After is { } after)
            return selection with { After = CallCursor.Decode("after", after, request) };
        if (request.Before is not { } before)
            return selection;
        return selection with
        {
            After = CallCursor.Decode("before", before, request),
            Order = request.IsAscending ? UsageOrder.NewestFirst : UsageOrder.OldestFirst,
        };
    }

    /// <summary>
    /// Limits a search to the part of the period that begins at the cursor, and returns the position of its end; null
    /// if it is the whole rest of the period.
    /// </summary>
    private async Task<(UsageSelection Selection, UsagePosition? End)> CutAsync(
        UsageSelection selection,
        CancellationToken cancellationToken
    )
    {
        if (request.Sort != UsageSort.Start || !usage.IsSearch(request.Scope))
            return (selection, null);
        var isNewestFirst = selection.Order == UsageOrder.NewestFirst;
        var rest = selection.Period;
        if (selection.After is { } after && rest.Contains(after.StartedAt))
        {
            // Others may have started at the same time as a record, but none at the end of a part is left.
            var last = after.Id.Call == Guid.Empty ? after.StartedAt : after.StartedAt.AddMicroseconds(1);
            rest = isNewestFirst ? rest with { To = last } : rest with { From = after.StartedAt };
        }

        var part = await usage.FindPartAsync(rest, MaxSearched, selection.Order, cancellationToken);
        if (part == rest)
            return (selection, null);
        // No record has the empty id, so the position is between the last record of the part and the next one.
        var end = isNewestFirst ? part.From!.Value : part.To!.Value;
        return (selection with { Period = part }, new UsagePosition(end, new CallId(Guid.Empty, 0)));
    }

    private CallPage CreatePage(List<UsageRecord> records, UsagePosition? further, bool isCapped)
    {
        var isBackward = request.Before is not null;
        if (isBackward)
            records.Reverse();
        var forth = Encode(further);
        // The side from which the page was reached has a page anyway.
        var back =
            records.Count > 0 && (isBackward || request.After is not null)
                ? Encode(PositionOf(isBackward ? records[^1] : records[0]))
                : null;
        return new CallPage
        {
            Range = RangeDetails.Create(request.Scope.Range),
            Data = [.. records.Select(CallEntry.Create)],
            Page = isBackward
                ? new PageCursors(records.Count, back, forth)
                : new PageCursors(records.Count, forth, back),
            IsCapped = isCapped,
            Unpriced = records.Count(static record => record.Corrects is null && record.Cost is null),
            Estimated = records.Count(static record => UsageTotals.FromRecord(record).Estimated > 0),
        };
    }

    private UsagePosition PositionOf(UsageRecord record) => UsagePosition.FromRecord(record, request.Sort);

    private string? Encode(UsagePosition? position) => position is { } known ? CallCursor.Encode(known, request) : null;
}

using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Usage.Scopes;

namespace Tollgate.Operations.Usage.Calls;

/// <summary>
/// Reads pages of records by position rather than by number: a page costs the same however deep it is, and a record
/// that arrives meanwhile moves none to another page.
/// </summary>
internal static class CallListReader
{
    private const int MaxLimit = 500;

    /// <summary>The maximum number of records that are read to sort them.</summary>
    private const long MaxSorted = 1_000_000;

    public static async Task<CallPage> ReadAsync(
        ReachableUsage usage,
        CallListRequest request,
        CancellationToken cancellationToken
    )
    {
        // 1. Check.
        FieldRules.RequireRange("limit", request.Limit, 1, MaxLimit);
        if (request.After is not null && request.Before is not null)
            throw FieldRules.CreateException("before", "Write either 'after' or 'before', not both.");
        if (request.Sort != UsageSort.Start)
            await usage.RequireReadableAsync("sort", request.Scope, MaxSorted, cancellationToken);

        // 2. Read one record more than the page has, to know whether there is another page.
        var selection = CreateSelection(request);
        var found = await usage.ListAsync(selection, cancellationToken);
        var hasMore = found.Count > request.Limit;
        var records = found.Take(request.Limit).ToList();
        if (request.Before is not null)
            records.Reverse();

        // 3. The side from which the page was reached has a page anyway.
        return CreatePage(
            request,
            records,
            hasNext: request.Before is not null || hasMore,
            hasPrevious: request.Before is not null ? hasMore : request.After is not null
        );
    }

    private static UsageSelection CreateSelection(CallListRequest request)
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

    private static CallPage CreatePage(
        CallListRequest request,
        List<UsageRecord> records,
        bool hasNext,
        bool hasPrevious
    )
    {
        return new CallPage
        {
            Range = RangeDetails.Create(request.Scope.Range),
            Data = [.. records.Select(CallEntry.Create)],
            Page = new PageCursors(
                records.Count,
                hasNext && records.Count > 0 ? Encode(records[^1]) : null,
                hasPrevious && records.Count > 0 ? Encode(records[0]) : null
            ),
            Unpriced = records.Count(static record => record.Corrects is null && record.Cost is null),
            Estimated = records.Count(static record => UsageTotals.FromRecord(record).Estimated > 0),
        };

        string Encode(UsageRecord record) => CallCursor.Encode(UsagePosition.FromRecord(record, request.Sort), request);
    }
}

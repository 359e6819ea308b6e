using System.Runtime.CompilerServices;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Usage.Breakdowns;
using Tollgate.Operations.Usage.Calls;
using Tollgate.Operations.Usage.Facets;
using Tollgate.Operations.Usage.Scopes;
using Tollgate.Operations.Usage.Series;
using Tollgate.Operations.Usage.Summaries;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.Usage;

/// <summary>Answers questions about recorded usage. Every total comes from the same sums.</summary>
/// <param name="workspace">The ledger.</param>
/// <param name="reach">The usage that the caller may see; no result includes any other.</param>
public sealed class UsageOperations(Workspace workspace, UsageReach reach)
{
    /// <summary>Returns the totals of a range, and of another one to compare with.</summary>
    /// <exception cref="OperationException">The request is not valid.</exception>
    public Task<SummaryResult> SummarizeAsync(SummaryRequest request, CancellationToken cancellationToken) =>
        SummaryReader.ReadAsync(Reach(), request, cancellationToken);

    /// <summary>
    /// Returns measures over time and by group. The lines, including the one of the other groups, add up to the total,
    /// which is that of a summary of the same scope.
    /// </summary>
    /// <exception cref="OperationException">The request is not valid, or its result would be too large.</exception>
    public Task<SeriesResult> SeriesAsync(SeriesRequest request, CancellationToken cancellationToken) =>
        new SeriesReader(Reach(), request).ReadAsync(cancellationToken);

    /// <summary>
    /// Returns the sums of each combination of bucket and dimensions that has usage, without leaving out any; they add
    /// up to the summary of the same scope.
    /// </summary>
    /// <exception cref="OperationException">The result is too large, or too many records would be read.</exception>
    public Task<IReadOnlyList<UsageSum>> BreakDownAsync(
        BreakdownRequest request,
        CancellationToken cancellationToken
    ) => BreakdownReader.ReadAsync(Reach(), request, cancellationToken);

    /// <summary>Returns one page of records.</summary>
    /// <exception cref="OperationException">The request is not valid: the message names the parameter.</exception>
    public Task<CallPage> ListCallsAsync(CallListRequest request, CancellationToken cancellationToken) =>
        new CallListReader(Reach(), request).ReadAsync(cancellationToken);

    /// <summary>Returns all records of a scope, page by page, so that memory does not grow with their number.</summary>
    /// <exception cref="OperationException">The request is not valid: the message names the parameter.</exception>
    public async IAsyncEnumerable<CallEntry> ListAllCallsAsync(
        CallListRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var next = request with { Limit = CallListRequest.MaxLimit };
        while (true)
        {
            var page = await ListCallsAsync(next, cancellationToken);
            foreach (var call in page.Data)
                yield return call;
            if (page.Page.Next is not { } after)
                yield break;
            next = next with { After = after, Before = null };
        }
    }

    /// <summary>Follows the records as they are written, by whichever gateway, until it is canceled.</summary>
    /// <param name="filters">The conditions, all of which must hold.</param>
    /// <param name="since">The end of the first record to return; null for what is written from now on.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public IAsyncEnumerable<LiveCalls> FollowCallsAsync(
        IReadOnlyList<UsageFilter> filters,
        DateTimeOffset? since,
        CancellationToken cancellationToken
    ) => FollowCallsAsync(filters, since, _ => Task.FromResult(reach), cancellationToken);

    /// <summary>
    /// Follows the records as they are written, by whichever gateway, as long as the reach of the caller may change.
    /// </summary>
    /// <param name="filters">The conditions, all of which must hold.</param>
    /// <param name="since">The end of the first record to return; null for what is written from now on.</param>
    /// <param name="resolveAsync">Returns the part of the ledger that the caller may see at that time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public IAsyncEnumerable<LiveCalls> FollowCallsAsync(
        IReadOnlyList<UsageFilter> filters,
        DateTimeOffset? since,
        Func<CancellationToken, Task<UsageReach>> resolveAsync,
        CancellationToken cancellationToken
    ) =>
        new CallFollower(
            async stop => workspace.OpenQuery().Within(await resolveAsync(stop)),
            filters,
            workspace.Time
        ).FollowAsync(since, cancellationToken);

    /// <summary>Returns one call with its attempts, corrections and prices.</summary>
    /// <exception cref="OperationException">There is no such call within the caller's reach.</exception>
    public Task<CallDetails> FindCallAsync(Guid call, CancellationToken cancellationToken) =>
        new CallFinder(Reach(), workspace.Prices).FindAsync(call, cancellationToken);

    /// <summary>Returns the values of a dimension, those with the most calls first.</summary>
    /// <exception cref="OperationException">The request is not valid.</exception>
    public Task<FacetResult> FacetsAsync(FacetRequest request, CancellationToken cancellationToken) =>
        FacetReader.ReadAsync(Reach(), request, cancellationToken);

    /// <summary>Returns the totals of a period.</summary>
    /// <exception cref="FileNotFoundException">There is no ledger in the folder.</exception>
    public async Task<UsageSummary> SummarizeAsync(UsagePeriod period, CancellationToken cancellationToken) =>
        UsageSummary.Create(await Query().TotalsAsync(period, cancellationToken: cancellationToken));

    /// <summary>Returns the totals of each value of a dimension, highest first.</summary>
    /// <param name="period">The period.</param>
    /// <param name="by">The dimension.</param>
    /// <param name="rank">The order.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<IReadOnlyList<UsageSummary>> GroupAsync(
        UsagePeriod period,
        UsageDimension by,
        UsageRank rank,
        CancellationToken cancellationToken
    )
    {
        var groups = await Query().GroupAsync(period, by, rank, cancellationToken: cancellationToken);
        return [.. groups.Select(static group => UsageSummary.Create(group.Totals) with { Name = group.Name })];
    }

    /// <summary>Returns the totals of each bucket of time that has usage, oldest first.</summary>
    /// <param name="period">The period.</param>
    /// <param name="bucket">The length of a bucket.</param>
    /// <param name="zone">The time zone of days, weeks and months.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<IReadOnlyList<UsageSummary>> SeriesAsync(
        UsagePeriod period,
        UsageBucket bucket,
        TimeZoneInfo zone,
        CancellationToken cancellationToken
    )
    {
        var points = await Query().SeriesAsync(period, bucket, zone, cancellationToken: cancellationToken);
        return [.. points.Select(static point => UsageSummary.Create(point.Totals) with { Start = point.Start })];
    }

    /// <summary>Returns the newest records, newest first.</summary>
    /// <exception cref="OperationException">The count is not at least 1.</exception>
    public Task<IReadOnlyList<UsageRecord>> ListNewestAsync(int count, CancellationToken cancellationToken)
    {
        FieldRules.RequireMin("count", count, 1);
        return Query().TailAsync(count, cancellationToken);
    }

    /// <summary>Runs a read-only SQL statement. The database itself rejects writes.</summary>
    /// <param name="sql">One statement.</param>
    /// <param name="timeout">The maximum time, from a second to a day.</param>
    /// <param name="rows">Receives the rows.</param>
    /// <param name="cancellationToken">Cancels the statement.</param>
    /// <exception cref="LedgerSqlException">The database rejects the statement.</exception>
    /// <exception cref="OperationException">The timeout is out of range, or the caller may not see
    /// everything.</exception>
    public Task SelectAsync(string sql, TimeSpan timeout, ISqlRowReceiver rows, CancellationToken cancellationToken)
    {
        if (timeout < TimeSpan.FromSeconds(1) || timeout > TimeSpan.FromDays(1))
            throw FieldRules.CreateException(
                "timeout",
                FormattableString.Invariant($"timeout must be from 1 to 86400 seconds, not {timeout.TotalSeconds}.")
            );
        if (!reach.IsEverything)
            throw new OperationException(
                OperationError.Conflict,
                "A statement reads the whole ledger, but this caller may only see a part of it."
            );
        return Query().SelectAsync(sql, timeout, rows, cancellationToken);
    }

    private UsageQuery Query() => workspace.OpenQuery().Within(reach);

    private ReachableUsage Reach() => new(workspace.OpenQuery(), reach, workspace.Now);
}

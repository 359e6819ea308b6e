using Tollgate.Accounting.Usage;
using Tollgate.Operations.Usage.Figures;
using Tollgate.Operations.Usage.Scopes;

namespace Tollgate.Operations.Usage.Series;

/// <summary>
/// Reads the sums of a series: usually all groups of all buckets at once, as one snapshot. If there are or may be too
/// many, the groups are ranked first, and only the first ones are read by bucket.
/// </summary>
internal sealed class GroupedSumReader(ReachableUsage usage, SeriesRequest request)
{
    /// <summary>The maximum number of groups and buckets that are held in memory.</summary>
    public required int MaxSums { get; init; }

    private readonly UsageSumContent _content =
        request.Measures.All(IsOfCallsOrCost) && IsOfCallsOrCost(GetRank(request))
            ? UsageSumContent.CallsAndCost
            : UsageSumContent.All;

    /// <param name="scope">The usage.</param>
    /// <param name="buckets">The buckets.</param>
    /// <param name="shown">The groups to show; null to rank them.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<GroupedSums> ReadAsync(
        UsageScope scope,
        SeriesBuckets buckets,
        ShownGroups? shown,
        CancellationToken cancellationToken
    )
    {
        var query = new UsageSumQuery
        {
            Where = scope.Where,
            Edges = buckets.Edges,
            By = request.Groups,
            Content = _content,
            Limit = MaxSums + 1,
        };
        if (HasManyGroups(query))
            return await ReadShownAsync(query, shown, cancellationToken);
        var sums = await usage.Query.SumAsync(query, cancellationToken);
        if (sums.Count > MaxSums)
            return await ReadShownAsync(query, shown, cancellationToken);
        var groups = Rank(sums);
        return new GroupedSums(shown ?? Show(groups), sums, sums, groups.Count);
    }

    /// <summary>
    /// Keys and users are many, and few of them are shown, so reading all of them in all buckets is mostly in vain.
    /// </summary>
    private bool HasManyGroups(UsageSumQuery query) =>
        query.Edges.Count > 2
        && query.IsRolledUp
        && request.Groups.Any(static group => group is UsageDimension.Key or UsageDimension.User);

    /// <summary>
    /// Reads the groups first and the total second, so that a call recorded in between counts among the others.
    /// </summary>
    private async Task<GroupedSums> ReadShownAsync(
        UsageSumQuery query,
        ShownGroups? shown,
        CancellationToken cancellationToken
    )
    {
        query = query with { Limit = null };
        var groups = Rank(
            await usage.Query.SumAsync(query with { Edges = [query.Edges[0], query.Edges[^1]] }, cancellationToken)
        );
        shown ??= Show(groups);
        var sums = await usage.Query.SumAsync(
            query with
            {
                Where = [.. query.Where, .. shown.Filters],
            },
            cancellationToken
        );
        return new GroupedSums(
            shown,
            sums,
            await usage.Query.SumAsync(query with { By = [] }, cancellationToken),
            groups.Count
        );
    }

    private ShownGroups Show(IReadOnlyList<IReadOnlyList<string?>> groups) =>
        new(request.Groups, [.. groups.Take(request.Top ?? SeriesRules.DefaultTop)]);

    /// <summary>Returns the names of the groups, highest first. Unknown values are the lowest.</summary>
    private List<IReadOnlyList<string?>> Rank(IReadOnlyList<UsageSum> sums)
    {
        var rank = GetRank(request);
        return
        [
            .. sums.GroupBy(static sum => ShownGroups.GetKey(sum.Names))
                .Select(group =>
                    (
                        group.Key,
                        group.First().Names,
                        Totals: group.Aggregate(new UsageTotals(), static (total, sum) => total + sum.Totals)
                    )
                )
                .OrderByDescending(group => rank.GetValue(group.Totals) ?? decimal.MinValue)
                .ThenByDescending(static group => group.Totals.Calls)
                .ThenBy(static group => group.Key, StringComparer.Ordinal)
                .Select(static group => group.Names),
        ];
    }

    private static UsageMeasure GetRank(SeriesRequest request) => request.RankBy ?? request.Measures[0];

    private static bool IsOfCallsOrCost(UsageMeasure measure) =>
        measure
            is UsageMeasure.Cost
                or UsageMeasure.CostPerCall
                or UsageMeasure.Calls
                or UsageMeasure.Errors
                or UsageMeasure.ErrorRate
                or UsageMeasure.Unpriced
                or UsageMeasure.Estimated;
}

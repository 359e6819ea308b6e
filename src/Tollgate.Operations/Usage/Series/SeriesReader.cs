using Tollgate.Accounting.Usage;
using Tollgate.Operations.Usage.Figures;
using Tollgate.Operations.Usage.Scopes;

namespace Tollgate.Operations.Usage.Series;

/// <summary>Computes measures over time and by group.</summary>
internal sealed class SeriesReader(ReachableUsage usage, SeriesRequest request)
{
    /// <summary>The maximum number of records that are read where rollups do not suffice.</summary>
    private const long MaxRecords = 2_000_000;

    public async Task<SeriesResult> ReadAsync(CancellationToken cancellationToken)
    {
        // 1. Refuse what is too large.
        SeriesRules.Validate(request);
        var scope = request.Scope;
        var buckets = SeriesBuckets.Create(request.Bucket, scope.Range);
        var isFromRecords =
            buckets.Length == SeriesBucket.Minute
            || !new UsageSumQuery { By = request.Groups, Where = scope.Where }.IsRolledUp;
        if (isFromRecords)
            await usage.RequireReadableAsync(
                buckets.Length == SeriesBucket.Minute ? "bucket"
                    : request.Group is null ? "filter"
                    : "group",
                scope,
                MaxRecords,
                cancellationToken
            );

        // 2. Rank the groups of the whole range.
        var groups = await RankAsync(scope, cancellationToken);
        var shown = new ShownGroups(request.Groups, groups, request.Top ?? SeriesRules.DefaultTop);

        // 3. Read their buckets, and those of all groups.
        var result = await ReadAsync(scope, buckets, shown, cancellationToken);
        return result with
        {
            IsFromRecords = isFromRecords,
            GroupCount = groups.Count,
            Comparison = await CompareAsync(buckets.Length, shown, cancellationToken),
        };
    }

    private async Task<SeriesResult?> CompareAsync(
        SeriesBucket length,
        ShownGroups shown,
        CancellationToken cancellationToken
    )
    {
        if (request.Comparison is not { } earlier)
            return null;
        return await ReadAsync(
            request.Scope.In(earlier),
            SeriesBuckets.Create(length, earlier),
            shown,
            cancellationToken
        );
    }

    private async Task<IReadOnlyList<UsageSum>> RankAsync(UsageScope scope, CancellationToken cancellationToken)
    {
        if (request.Group is null)
            return [];
        var rank = request.RankBy ?? request.Measures[0];
        var sums = await usage.SumAsync(
            new UsageSumQuery
            {
                Period = scope.Range.Period,
                Where = scope.Where,
                By = request.Groups,
            },
            cancellationToken
        );
        return
        [
            .. sums.OrderByDescending(sum => rank.GetValue(sum.Totals) ?? decimal.MinValue)
                .ThenByDescending(static sum => sum.Totals.Calls)
                .ThenBy(static sum => string.Join('\n', sum.Names), StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// Reads the groups first and the total second, so that a call recorded in between counts among the others.
    /// </summary>
    private async Task<SeriesResult> ReadAsync(
        UsageScope scope,
        SeriesBuckets buckets,
        ShownGroups shown,
        CancellationToken cancellationToken
    )
    {
        var builder = new SeriesLineBuilder(request, buckets, usage.Now);
        var query = new UsageSumQuery { Where = scope.Where, Edges = buckets.Edges };
        var groups = shown.IsEmpty
            ? []
            : await usage.SumAsync(
                query with
                {
                    Where = [.. scope.Where, .. shown.Filters],
                    By = request.Groups,
                },
                cancellationToken
            );
        var all = builder.Spread(await usage.SumAsync(query, cancellationToken));
        var total = builder.Build([], all);
        return new SeriesResult
        {
            Range = RangeDetails.Create(scope.Range),
            Measures = request.Measures,
            Groups = request.Groups,
            Bucket = buckets.Length,
            IsFromRecords = false,
            IsCumulative = request.IsCumulative,
            Total = total,
            Lines = shown.BuildLines(builder, groups, all),
            GroupCount = shown.Names.Count,
            Unpriced = all.Sum(static step => step.Unpriced),
            Estimated = all.Sum(static step => step.Estimated),
        };
    }
}

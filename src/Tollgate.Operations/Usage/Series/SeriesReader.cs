using Tollgate.Accounting.Usage;
using Tollgate.Operations.Usage.Scopes;

namespace Tollgate.Operations.Usage.Series;

/// <summary>Computes measures over time and by group.</summary>
internal sealed class SeriesReader(ReachableUsage usage, SeriesRequest request)
{
    /// <summary>The maximum number of records that are read where rollups do not suffice.</summary>
    private const long MaxRecords = 2_000_000;

    /// <summary>The maximum number of groups and buckets that are read at once.</summary>
    public int MaxSums { get; init; } = 20_000;

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
            await usage.RequireReadableAsync(GetRecordField(buckets), scope, MaxRecords, cancellationToken);

        // 2. Read the buckets, rank the groups, and build a line for each of the first ones.
        var reader = new GroupedSumReader(usage, request) { MaxSums = MaxSums };
        var sums = await reader.ReadAsync(scope, buckets, shown: null, cancellationToken);
        var result = Build(scope, buckets, sums);

        // 3. The same groups in the range to compare with.
        return result with
        {
            IsFromRecords = isFromRecords,
            Comparison = request.Comparison is { } earlier ? await CompareAsync(earlier) : null,
        };

        async Task<SeriesResult> CompareAsync(TimeRange range)
        {
            var (before, steps) = (scope.In(range), SeriesBuckets.Create(buckets.Length, range));
            return Build(before, steps, await reader.ReadAsync(before, steps, sums.Shown, cancellationToken));
        }
    }

    private SeriesResult Build(UsageScope scope, SeriesBuckets buckets, GroupedSums sums)
    {
        var builder = new SeriesLineBuilder(request, buckets, usage.Now);
        var all = builder.Spread(sums.Total);
        return new SeriesResult
        {
            Range = RangeDetails.Create(scope.Range),
            Measures = request.Measures,
            Groups = request.Groups,
            Bucket = buckets.Length,
            IsFromRecords = false,
            IsCumulative = request.IsCumulative,
            Total = builder.Build([], all),
            Lines = sums.Shown.BuildLines(builder, sums.Groups, all),
            GroupCount = request.Group is null ? 0 : sums.GroupCount,
            Unpriced = all.Sum(static step => step.Unpriced),
            Estimated = all.Sum(static step => step.Estimated),
        };
    }

    /// <summary>The parameter because of which records are read.</summary>
    private string GetRecordField(SeriesBuckets buckets) =>
        buckets.Length == SeriesBucket.Minute ? "bucket"
        : request.Groups.All(UsageDimensions.IsRolledUp) ? "filter"
        : "group";
}

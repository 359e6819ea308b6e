using Tollgate.Accounting.Usage;
using Tollgate.Operations.Usage.Scopes;

namespace Tollgate.Operations.Usage.Breakdowns;

/// <summary>Reads the sums of each combination of bucket and dimensions, as one snapshot.</summary>
internal static class BreakdownReader
{
    /// <summary>The maximum number of records that are read where rollups do not suffice.</summary>
    private const long MaxRecords = 2_000_000;

    /// <summary>The maximum number of combinations that are held in memory.</summary>
    private const int MaxSums = 200_000;

    /// <summary>The maximum number of buckets: 16 years by day.</summary>
    private const int MaxBuckets = 6000;

    public static async Task<IReadOnlyList<UsageSum>> ReadAsync(
        ReachableUsage usage,
        BreakdownRequest request,
        CancellationToken cancellationToken
    )
    {
        var scope = request.Scope;
        if (scope.Range.Length <= TimeSpan.Zero)
            return [];
        var edges = CreateEdges(request);
        if (request.Bucket == UsageBucket.Minute)
            await usage.RequireReadableAsync("bucket", scope, MaxRecords, cancellationToken);
        else
            await usage.RequireReadableAsync("group", scope, request.By, MaxRecords, cancellationToken);
        var sums = await usage.Query.SumAsync(
            new UsageSumQuery
            {
                Where = scope.Where,
                Edges = edges,
                By = request.By,
                Limit = MaxSums + 1,
            },
            cancellationToken
        );
        return sums.Count <= MaxSums
            ? sums
            : throw CreateTooLarge($"more than {MaxSums} combinations of bucket and group");
    }

    private static IReadOnlyList<DateTimeOffset> CreateEdges(BreakdownRequest request)
    {
        var range = request.Scope.Range;
        if (request.Bucket is not { } bucket)
            return [range.From, range.To];
        IReadOnlyList<DateTimeOffset> edges =
        [
            .. bucket.EdgesBetween(range.From, range.To, range.Zone).Take(MaxBuckets + 2),
        ];
        return edges.Count <= MaxBuckets + 1 ? edges : throw CreateTooLarge($"more than {MaxBuckets} buckets");
    }

    private static OperationException CreateTooLarge(string size) =>
        FieldRules.CreateException("range", $"The range has {size}. Choose a shorter one, or longer buckets.");
}

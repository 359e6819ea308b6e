using Tollgate.Accounting.Usage;
using Tollgate.Api.Endpoints.Usage;
using Tollgate.Api.Parameters;
using Tollgate.Api.Requests;
using Tollgate.Operations.Usage;
using Tollgate.Operations.Usage.Breakdowns;
using Tollgate.Operations.Usage.Scopes;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Compatibility.OpenAIUsage;

/// <summary>Reads the sums of a page by bucket and group, within the sender's reach.</summary>
internal sealed class ReportReader(Workspace workspace)
{
    private const string EmbeddingsOperation = "embeddings";

    private static readonly (RepeatedParameter Parameter, UsageDimension Dimension)[] Filters =
    [
        (OpenAIUsageRoutes.Projects, UsageDimension.Project),
        (OpenAIUsageRoutes.Users, UsageDimension.User),
        (OpenAIUsageRoutes.Keys, UsageDimension.Key),
        (OpenAIUsageRoutes.Models, UsageDimension.Model),
    ];

    private readonly UsageReachResolver _reaches = new(workspace);

    /// <summary>Reads all calls.</summary>
    public async Task<IReadOnlyList<UsageSum>> ReadAsync(
        ApiRequest request,
        ReportBuckets buckets,
        IReadOnlyList<string> groupBy,
        CancellationToken cancellationToken
    ) => await ReadAsync(request, buckets, groupBy, [], cancellationToken);

    /// <summary>Reads the calls that compute embeddings.</summary>
    public Task<IReadOnlyList<UsageSum>> ReadEmbeddingsAsync(
        ApiRequest request,
        ReportBuckets buckets,
        IReadOnlyList<string> groupBy,
        CancellationToken cancellationToken
    ) =>
        ReadAsync(
            request,
            buckets,
            groupBy,
            [UsageFilter.Equal(UsageDimension.Operation, EmbeddingsOperation)],
            cancellationToken
        );

    /// <summary>
    /// Reads the other calls, as the difference: the totals of purged records remain, but no longer by operation.
    /// </summary>
    public async Task<IReadOnlyList<UsageSum>> ReadCompletionsAsync(
        ApiRequest request,
        ReportBuckets buckets,
        IReadOnlyList<string> groupBy,
        CancellationToken cancellationToken
    )
    {
        // The embeddings first: one that is recorded in between counts for a moment among the others, never below 0.
        var embeddings = (await ReadEmbeddingsAsync(request, buckets, groupBy, cancellationToken)).ToDictionary(
            GetKey,
            static sum => sum.Totals
        );
        var all = await ReadAsync(request, buckets, groupBy, cancellationToken);
        return
        [
            .. all.Select(sum =>
                    embeddings.TryGetValue(GetKey(sum), out var part) ? sum with { Totals = sum.Totals - part } : sum
                )
                .Where(static sum => sum.Totals is not { Calls: 0, Usage.IsZero: true }),
        ];
    }

    private async Task<IReadOnlyList<UsageSum>> ReadAsync(
        ApiRequest request,
        ReportBuckets buckets,
        IReadOnlyList<string> groupBy,
        IReadOnlyList<UsageFilter> filters,
        CancellationToken cancellationToken
    )
    {
        var usage = new UsageOperations(
            workspace,
            await _reaches.ResolveAsync(request.Principal.Reach, cancellationToken)
        );
        var scope = new UsageScope(buckets.Range) { Filters = [.. ReadFilters(request), .. filters] };
        return await usage.BreakDownAsync(
            new BreakdownRequest(scope)
            {
                Bucket = buckets.Width.Bucket,
                By = [.. groupBy.Select(ReportDimension.Find)],
            },
            cancellationToken
        );
    }

    private static IEnumerable<UsageFilter> ReadFilters(ApiRequest request) =>
        Filters
            .Where(filter => request.Find(filter.Parameter) is { Count: > 0 })
            .Select(filter => DimensionFilter.In(filter.Dimension, request.Find(filter.Parameter)!));

    private static (DateTimeOffset, string) GetKey(UsageSum sum) =>
        (sum.Slot!.Value, string.Join('\0', sum.Names.Select(static name => name is null ? "-" : "+" + name)));
}

using Tollgate.Accounting.Usage;
using Tollgate.Api.Requests;
using Tollgate.Api.Responses;
using Tollgate.Api.Routing;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Usage.Figures;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Compatibility.OpenAIUsage;

/// <summary>OpenAI's reports on usage and costs, on the same sums as all other totals.</summary>
internal sealed class OpenAIUsageEndpoints(Workspace workspace)
{
    private readonly ReportReader _reader = new(workspace);

    /// <summary>The routes with their implementations.</summary>
    public IReadOnlyList<ApiEndpoint> All =>
        [
            new(OpenAIUsageRoutes.Completions, ListCompletionsAsync),
            new(OpenAIUsageRoutes.Embeddings, ListEmbeddingsAsync),
            .. OpenAIUsageRoutes.Empty.Select(route => new ApiEndpoint(route, ListNothingAsync)),
            new(OpenAIUsageRoutes.Costs, ListCostsAsync),
        ];

    private async Task<ApiResponse> ListCompletionsAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var buckets = ReportBuckets.Read(request, request.Get(OpenAIUsageRoutes.Width), workspace.Now);
        var groupBy = request.Get(OpenAIUsageRoutes.GroupBy);
        var sums = await _reader.ReadCompletionsAsync(request, buckets, groupBy, cancellationToken);
        return Respond(buckets, sums, groupBy);
    }

    private Task<ApiResponse> ListNothingAsync(ApiRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<ApiResponse>(
            Respond(ReportBuckets.Read(request, request.Get(OpenAIUsageRoutes.Width), workspace.Now), [], [])
        );

    private async Task<ApiResponse> ListEmbeddingsAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var buckets = ReportBuckets.Read(request, request.Get(OpenAIUsageRoutes.Width), workspace.Now);
        var groupBy = request.Get(OpenAIUsageRoutes.GroupBy);
        var sums = ToLookup(await _reader.ReadEmbeddingsAsync(request, buckets, groupBy, cancellationToken));
        return new JsonResponse<EmbeddingsPageShape>(
            new EmbeddingsPageShape(
                buckets.Create(
                    (start, end) =>
                        new EmbeddingsBucketShape(
                            start.ToUnixTimeSeconds(),
                            end.ToUnixTimeSeconds(),
                            [.. sums[start].Select(sum => CreateEmbeddings(sum, groupBy))]
                        )
                ),
                buckets.Next is not null,
                buckets.Next
            ),
            OpenAIUsageJson.Default.EmbeddingsPageShape
        );
    }

    private async Task<ApiResponse> ListCostsAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var buckets = ReportBuckets.Read(request, request.Get(OpenAIUsageRoutes.WidthOfCosts), workspace.Now);
        var groupBy = request.Get(OpenAIUsageRoutes.GroupCostsBy);
        var sums = ToLookup(
            (await _reader.ReadAsync(request, buckets, groupBy, cancellationToken)).Where(HasKnownCost)
        );
        return new JsonResponse<CostsPageShape>(
            new CostsPageShape(
                buckets.Create(
                    (start, end) =>
                        new CostsBucketShape(
                            start.ToUnixTimeSeconds(),
                            end.ToUnixTimeSeconds(),
                            [.. sums[start].Select(sum => CreateCost(sum, groupBy))]
                        )
                ),
                buckets.Next is not null,
                buckets.Next
            ),
            OpenAIUsageJson.Default.CostsPageShape
        );
    }

    private static JsonResponse<CompletionsPageShape> Respond(
        ReportBuckets buckets,
        IReadOnlyList<UsageSum> sums,
        IReadOnlyList<string> groupBy
    )
    {
        var byStart = ToLookup(sums);
        return new JsonResponse<CompletionsPageShape>(
            new CompletionsPageShape(
                buckets.Create(
                    (start, end) =>
                        new CompletionsBucketShape(
                            start.ToUnixTimeSeconds(),
                            end.ToUnixTimeSeconds(),
                            [.. byStart[start].Select(sum => CreateCompletions(sum, groupBy))]
                        )
                ),
                buckets.Next is not null,
                buckets.Next
            ),
            OpenAIUsageJson.Default.CompletionsPageShape
        );
    }

    private static CompletionsResultShape CreateCompletions(UsageSum sum, IReadOnlyList<string> groupBy)
    {
        var usage = sum.Totals.Usage;
        return new CompletionsResultShape
        {
            InputTokens = usage.InputTokens,
            InputUncachedTokens =
                usage[UsageKind.InputText] + usage[UsageKind.InputAudio] + usage[UsageKind.InputImage],
            InputTextTokens = usage[UsageKind.InputText],
            InputAudioTokens = usage[UsageKind.InputAudio],
            InputImageTokens = usage[UsageKind.InputImage],
            InputCachedTokens = usage.CachedTokens,
            InputCachedTextTokens = usage[UsageKind.CacheRead],
            InputCachedAudioTokens = usage[UsageKind.CacheReadAudio],
            InputCacheWriteTokens = usage[UsageKind.CacheWrite5m] + usage[UsageKind.CacheWrite1h],
            OutputTokens = usage.OutputTokens,
            OutputTextTokens = usage[UsageKind.OutputText] + usage[UsageKind.OutputReasoning],
            OutputAudioTokens = usage[UsageKind.OutputAudio],
            OutputImageTokens = usage[UsageKind.OutputImage],
            NumModelRequests = sum.Totals.Calls,
            ProjectId = FindName(sum, groupBy, "project_id"),
            UserId = FindName(sum, groupBy, "user_id"),
            ApiKeyId = FindName(sum, groupBy, "api_key_id"),
            Model = FindName(sum, groupBy, "model"),
        };
    }

    private static EmbeddingsResultShape CreateEmbeddings(UsageSum sum, IReadOnlyList<string> groupBy) =>
        new()
        {
            InputTokens = sum.Totals.Usage.InputTokens,
            NumModelRequests = sum.Totals.Calls,
            ProjectId = FindName(sum, groupBy, "project_id"),
            UserId = FindName(sum, groupBy, "user_id"),
            ApiKeyId = FindName(sum, groupBy, "api_key_id"),
            Model = FindName(sum, groupBy, "model"),
        };

    private static CostsResultShape CreateCost(UsageSum sum, IReadOnlyList<string> groupBy) =>
        new()
        {
            Amount = new CostAmountShape(sum.Totals.Cost.Usd, "usd"),
            LineItem = FindName(sum, groupBy, "line_item"),
            ProjectId = FindName(sum, groupBy, "project_id"),
            ApiKeyId = FindName(sum, groupBy, "api_key_id"),
        };

    /// <summary>Calls without a price have no cost, unless a correction gave them one.</summary>
    private static bool HasKnownCost(UsageSum sum) => UsageMeasure.Cost.GetValue(sum.Totals) is not null;

    private static ILookup<DateTimeOffset, UsageSum> ToLookup(IEnumerable<UsageSum> sums) =>
        sums.OrderBy(static sum => string.Join('\0', sum.Names), StringComparer.Ordinal)
            .ToLookup(static sum => sum.Slot!.Value);

    private static string? FindName(UsageSum sum, IReadOnlyList<string> groupBy, string name)
    {
        for (var index = 0; index < groupBy.Count; index++)
            if (groupBy[index] == name)
                return sum.Names[index];
        return null;
    }
}

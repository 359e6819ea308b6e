using Tollgate.Metering.Usage;

namespace Tollgate.Api.Tests.Compatibility;

/// <summary>Generated usage of several days, models, users, and keys; some of it unpriced, some of it failed.</summary>
internal static class SampleUsage
{
    private static readonly string[] Models = ["gpt-4o", "gpt-4o-mini", "text-embedding-3-small", "claude-sonnet-4-5"];

    /// <summary>Returns records that started on the days before a time.</summary>
    public static IReadOnlyList<UsageRecord> Create(
        DateTimeOffset before,
        IReadOnlyList<string> keys,
        int count,
        int days = 10
    )
    {
        var random = new Random(7);
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ => Create(before.AddSeconds(-random.Next(1, days * 86_400)), keys, random)),
        ];
    }

    private static UsageRecord Create(DateTimeOffset startedAt, IReadOnlyList<string> keys, Random random)
    {
        var model = Models[random.Next(Models.Length)];
        var isEmbedding = model.StartsWith("text-", StringComparison.Ordinal);
        var usage = new TokenUsage { [UsageKind.InputText] = random.Next(1, 5000) };
        if (!isEmbedding)
        {
            usage[UsageKind.CacheRead] = random.Next(0, 500);
            usage[UsageKind.CacheWrite5m] = random.Next(0, 50);
            usage[UsageKind.InputAudio] = random.Next(0, 20);
            usage[UsageKind.OutputText] = random.Next(1, 900);
            usage[UsageKind.OutputReasoning] = random.Next(0, 90);
            usage[UsageKind.OutputAudio] = random.Next(0, 20);
        }

        return new UsageRecord
        {
            Id = new CallId(Guid.CreateVersion7(startedAt), 1),
            StartedAt = startedAt,
            Duration = TimeSpan.FromMilliseconds(random.Next(1, 4000)),
            Provider = model.StartsWith("claude", StringComparison.Ordinal) ? "anthropic" : "openai",
            Model = model,
            Operation = isEmbedding ? "embeddings" : "chat",
            Attribution = new Attribution
            {
                KeyId = keys[random.Next(keys.Count)],
                User = random.Next(3) == 0 ? null : "user-" + random.Next(3),
                Project = random.Next(2) == 0 ? null : "project-" + random.Next(2),
            },
            Usage = usage,
            UsageSource = UsageSource.Reported,
            Cost = random.Next(9) == 0 ? null : Money.Round(random.Next(1, 2_000_000) * 0.000000000123m),
            CostSource = "test",
            Outcome = random.Next(12) == 0 ? CallOutcome.UpstreamCut : CallOutcome.Completed,
            StatusCode = 200,
        };
    }
}

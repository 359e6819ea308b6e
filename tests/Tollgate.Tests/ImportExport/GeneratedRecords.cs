using Tollgate.Metering.Usage;

namespace Tollgate.Tests.ImportExport;

/// <summary>
/// Random records, the same for the same seed, with all that a text, a number, or an absent value can be.
/// </summary>
internal static class GeneratedRecords
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string?[] Texts =
    [
        null,
        null,
        "",
        "ada",
        "a,\"b\"\r\nc",
        "true",
        "0.5",
        "日本語（全角）",
        "😀",
        "\uFEFF\uE000",
        new string('é', 256),
    ];

    public static UsageRecord[] Create(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Create(random))];
    }

    private static UsageRecord Create(Random random) =>
        new()
        {
            Id = CreateId(random),
            StartedAt = Start.AddMicroseconds(random.NextInt64(365L * 86_400_000_000)),
            Duration = TimeSpan.FromMicroseconds(random.NextInt64(1L << random.Next(1, 40))),
            TimeToFirstToken = random.Next(2) == 0 ? null : TimeSpan.FromMicroseconds(random.NextInt64(1_000_000)),
            Provider = "openai",
            Model = random.Next(3) == 0 ? "gpt-4o" : "model-" + random.Next(5),
            ModelGroup = Text(random),
            ResponseModel = Text(random),
            Deployment = Text(random),
            Operation = "chat",
            Streamed = random.Next(2) == 0,
            ServiceTier = random.Next(2) == 0 ? ServiceTier.Standard : ServiceTier.Flex,
            Attribution = new Attribution
            {
                KeyId = Text(random),
                User = Text(random),
                Project = Text(random),
                Session = Text(random),
                Application = Text(random),
                EndUser = Text(random),
                Tags = Text(random),
            },
            Usage = CreateUsage(random),
            Local = new LocalTokens(random.Next(2) == 0 ? null : random.Next(), null, random.NextInt64(1L << 40)),
            UsageSource = UsageSource.Reported,
            Cost = random.Next(4) == 0 ? null : Money.FromPico(random.NextInt64(1L << random.Next(1, 62))),
            CostSource = Text(random),
            Outcome = random.Next(9) == 0 ? CallOutcome.UpstreamCut : CallOutcome.Completed,
            StatusCode = random.Next(9) == 0 ? 529 : 200,
            ErrorType = Text(random),
            ResponseId = Text(random),
            Corrects = random.Next(9) == 0 ? CreateId(random) : null,
        };

    private static string? Text(Random random) => Texts[random.Next(Texts.Length)];

    private static CallId CreateId(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new CallId(new Guid(bytes), random.Next(1, 4));
    }

    private static TokenUsage CreateUsage(Random random)
    {
        var usage = default(TokenUsage);
        foreach (var kind in Enum.GetValues<UsageKind>())
            if (random.Next(3) == 0)
                usage.Adjust(kind, random.NextInt64(1L << random.Next(1, 39)));
        return usage;
    }
}

using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Testing;

/// <summary>Sample records: ordinary, extreme, and random ones from a seed.</summary>
internal static class SampleRecords
{
    public static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A record with only the required fields.</summary>
    public static UsageRecord Bare() =>
        new()
        {
            Id = new CallId(Guid.CreateVersion7(Noon), 1),
            StartedAt = Noon,
            Provider = "openai",
            Model = "gpt-4o-mini",
            Operation = "chat",
            UsageSource = UsageSource.Reported,
            Outcome = CallOutcome.Completed,
        };

    /// <summary>A record with every field that a call can have.</summary>
    public static UsageRecord Full() =>
        Bare() with
        {
            StartedAt = Noon.AddTicks(1_234_560),
            Model = "gpt-4o-2024-08-06",
            Duration = TimeSpan.FromMicroseconds(1_500_001),
            TimeToFirstToken = TimeSpan.FromMicroseconds(250_003),
            ModelGroup = "smart",
            ResponseModel = "gpt-4o",
            Deployment = "azure-eu",
            Streamed = true,
            Attribution = new Attribution
            {
                KeyId = "key-1",
                User = "ada",
                Project = "engine",
                Session = "s-1",
                Application = "notes",
                EndUser = "end",
                Tags = "a,b",
            },
            Usage = Counts(1),
            Local = new LocalTokens(10, 20, 30),
            UsageSource = UsageSource.Estimated,
            ServiceTier = ServiceTier.Priority,
            Cost = Money.Round(0.000085500001m),
            CostSource = "openai/gpt-4o@2026-01-01",
            Outcome = CallOutcome.UpstreamCut,
            StatusCode = 529,
            ErrorType = "overloaded_error",
            ResponseId = "chatcmpl-1",
        };

    /// <summary>A record with the largest values, which is also a correction.</summary>
    public static UsageRecord Extreme() =>
        Full() with
        {
            Id = new CallId(Guid.CreateVersion7(Noon), int.MaxValue),
            Corrects = new CallId(Guid.CreateVersion7(Noon), int.MaxValue),
            StartedAt = new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero),
            Duration = TimeSpan.FromDays(365),
            Usage = Counts(TokenUsage.MaxCount - 100),
            Local = new LocalTokens(TokenUsage.MaxCount, null, 0),
            Cost = Money.Round(-8_999_999.999999999999m),
            Attribution = new Attribution
            {
                KeyId = new string('k', 256),
                User = new string('ü', 256),
                Project = new string('工', 256),
                Tags = new string('t', 256),
            },
            Model = new string('m', 256),
        };

    /// <summary>A record with texts that are easily corrupted.</summary>
    public static UsageRecord Awkward() =>
        Bare() with
        {
            Model = "  spaces at both ends  ",
            Provider = "tab\tand\nline",
            Attribution = new Attribution
            {
                User = "Zoë 👩‍👩‍👧 ‮ \\N \\. \"quoted\" 'single' ,;%_",
                Project = "e\u0301",
                Session = "\\",
                EndUser = "NULL",
            },
            Cost = Money.Zero,
        };

    /// <summary>A random record, within nine hours from noon.</summary>
    public static UsageRecord Random(Random random)
    {
        var at = Noon.AddMicroseconds(
            random.Next(4) == 0 ? 900_000_000L * random.Next(36) : random.NextInt64(9 * 3600 * 1_000_000L)
        );
        var corrects = random.Next(8) == 0;
        return Bare() with
        {
            Id = new CallId(Guid.CreateVersion7(at), 1 + random.Next(3)),
            StartedAt = at,
            Duration = TimeSpan.FromMicroseconds(random.Next(100_000_000)),
            Model = $"model-{random.Next(4)}",
            Provider = $"provider-{random.Next(3)}",
            Operation = random.Next(5) == 0 ? "embeddings" : "chat",
            ModelGroup = Maybe(random, "group", 3),
            Deployment = Maybe(random, "deployment", 2),
            Attribution = new Attribution
            {
                KeyId = Maybe(random, "key", 5),
                User = Maybe(random, "user", 5),
                Project = Maybe(random, "project", 2),
                Application = Maybe(random, "app", 3),
                Session = Maybe(random, "session", 20),
                EndUser = Maybe(random, "end", 4),
            },
            Usage = Counts(random.NextInt64(1_000_000)),
            UsageSource = (UsageSource)random.Next(3),
            Outcome = corrects
                ? (CallOutcome)random.Next((int)CallOutcome.Corrected, (int)CallOutcome.Repriced + 1)
                : (CallOutcome)random.Next((int)CallOutcome.Corrected),
            Corrects = corrects ? new CallId(Guid.CreateVersion7(at), 1) : null,
            Cost = random.Next(6) switch
            {
                0 => null,
                1 => Money.Round(random.NextInt64(8_000_000) + 0.000000999999m),
                2 => Money.FromPico(-random.NextInt64(1_000_000_000)),
                _ => Money.FromPico(random.NextInt64(1_000_000_000_000)),
            },
        };
    }

    /// <summary>A random query for them.</summary>
    public static UsageSumQuery RandomQuery(Random random)
    {
        var dimensions = Enum.GetValues<UsageDimension>();
        var by = Enumerable
            .Range(0, random.Next(3))
            .Select(_ => dimensions[random.Next(random.Next(2) == 0 ? 5 : dimensions.Length)])
            .Distinct()
            .ToArray();
        DateTimeOffset? from =
            random.Next(4) == 0
                ? null
                : Noon.AddMinutes(random.Next(60 * 9)).AddMicroseconds(random.Next(2) * random.Next(1_000_000));
        DateTimeOffset? to =
            random.Next(4) == 0 ? null : (from ?? Noon).AddMinutes(random.Next(random.Next(2) == 0 ? 20 : 600));
        return new UsageSumQuery
        {
            Period = new UsagePeriod(from, to),
            By = by,
            BySlot = random.Next(3) == 0,
            Where = random.Next(3) switch
            {
                0 => [UsageFilter.Equal(UsageDimension.Model, $"model-{random.Next(4)}")],
                1 =>
                [
                    UsageFilter.Equal(UsageDimension.Project, Maybe(random, "project", 2)),
                    UsageFilter.Equal(UsageDimension.Application, Maybe(random, "app", 3)),
                ],
                _ => [],
            },
        };
    }

    public static UsageTotals Sum(IEnumerable<UsageRecord> records) =>
        records.Aggregate(
            new UsageTotals(),
            static (sum, record) =>
                sum
                + new UsageTotals
                {
                    Calls = record.Corrects is null ? 1 : 0,
                    Errors =
                        record.Corrects is not null
                        || record.Outcome
                            is CallOutcome.Completed
                                or CallOutcome.Booked
                                or CallOutcome.ClientDisconnected
                            ? 0
                            : 1,
                    Estimated = record.Corrects is null && record.UsageSource == UsageSource.Estimated ? 1 : 0,
                    Unpriced =
                        record.Corrects is not null ? (record.Outcome == CallOutcome.Repriced ? -1 : 0)
                        : record.Cost is null ? 1
                        : 0,
                    Cost = record.Cost ?? Money.Zero,
                    Duration = record.Duration,
                    Usage = record.Usage,
                }
        );

    private static string? Maybe(Random random, string name, int count) =>
        random.Next(4) == 0 ? null : $"{name}-{random.Next(count)}";

    private static TokenUsage Counts(long first)
    {
        var usage = default(TokenUsage);
        for (var kind = 0; kind < TokenUsage.KindCount; kind++)
            usage[(UsageKind)kind] = first + kind;
        return usage;
    }
}

using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Tests.Usage;

/// <summary>
/// Records over three weeks in which clocks change in Europe and on Lord Howe Island: some unpriced, some estimated,
/// some failed, and some corrected.
/// </summary>
internal static class GeneratedLedger
{
    public static readonly DateTimeOffset Start = new(2026, 3, 20, 0, 0, 0, TimeSpan.Zero);

    public static readonly TimeSpan Length = TimeSpan.FromDays(21);

    public static List<UsageRecord> Create(Random random, int calls)
    {
        var records = new List<UsageRecord>();
        for (var i = 0; i < calls; i++)
        {
            var call = Call(random);
            records.Add(call);
            if (random.Next(12) == 0)
                records.Add(Correction(random, call));
        }

        return records;
    }

    public static UsageTotals Sum(IEnumerable<UsageRecord> records) =>
        records.Aggregate(new UsageTotals(), static (sum, record) => sum + UsageTotals.FromRecord(record));

    private static UsageRecord Call(Random random)
    {
        var at = Start.AddMicroseconds(
            random.Next(5) == 0
                ? 900_000_000L * random.Next((int)(Length / UsageSlot.Length))
                : random.NextInt64((long)Length.TotalMicroseconds)
        );
        var user = random.Next(12);
        return new UsageRecord
        {
            Id = new CallId(Guid.CreateVersion7(at), 1),
            StartedAt = at,
            Duration = TimeSpan.FromMicroseconds(random.Next(60_000_000)),
            Provider = $"provider-{random.Next(2)}",
            Model = $"model-{random.Next(6)}",
            ModelGroup = random.Next(3) == 0 ? "smart" : null,
            Operation = random.Next(5) == 0 ? "embeddings" : "chat",
            Streamed = random.Next(2) == 0,
            Attribution = new Attribution
            {
                KeyId = random.Next(6) == 0 ? null : $"key-{user % 10}",
                User = random.Next(6) == 0 ? null : $"user-{user}",
                Project = random.Next(4) == 0 ? null : $"project-{user % 3}",
                Application = random.Next(2) == 0 ? null : $"app-{random.Next(3)}",
                Session = random.Next(3) == 0 ? null : $"session-{random.Next(100)}",
            },
            Usage = new TokenUsage
            {
                [UsageKind.InputText] = random.Next(100_000),
                [UsageKind.CacheRead] = random.Next(2) * random.Next(50_000),
                [UsageKind.OutputText] = random.Next(10_000),
                [UsageKind.OutputReasoning] = random.Next(3) * random.Next(1_000),
            },
            UsageSource = random.Next(9) == 0 ? UsageSource.Estimated : UsageSource.Reported,
            Cost = random.Next(7) == 0 ? null : Money.FromPico(random.NextInt64(3_000_000_000_000)),
            CostSource = "test",
            Outcome = (CallOutcome)(random.Next(4) == 0 ? random.Next((int)CallOutcome.Corrected) : 0),
        };
    }

    private static UsageRecord Correction(Random random, UsageRecord call) =>
        call with
        {
            Id = new CallId(Guid.CreateVersion7(call.StartedAt), 1),
            Duration = TimeSpan.Zero,
            Usage = default,
            UsageSource = UsageSource.Missing,
            Streamed = false,
            Cost = Money.FromPico(random.NextInt64(-1_000_000_000, 1_000_000_000_000)),
            Outcome = call.Cost is null ? CallOutcome.Repriced : CallOutcome.Corrected,
            Corrects = call.Id,
        };
}

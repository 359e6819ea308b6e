using System.Buffers.Binary;
using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;

namespace Tollgate.Api.Tests.OneNumber;

/// <summary>A generated ledger: the same for the same keys.</summary>
/// <param name="keys">The ids of the keys; null for calls without one.</param>
/// <param name="random">The generator.</param>
internal sealed class LedgerRecords(IReadOnlyList<string?> keys, Random random)
{
    private static readonly CallOutcome[] Failures =
    [
        CallOutcome.ProviderError,
        CallOutcome.ConnectFailed,
        CallOutcome.TimedOut,
        CallOutcome.UpstreamCut,
        CallOutcome.GatewayCrashed,
        CallOutcome.ClientDisconnected,
        CallOutcome.Booked,
    ];

    private readonly RecordTimes _times = new(random);
    private readonly List<UsageRecord> _records = [];

    /// <summary>Returns the records, in no order.</summary>
    public static IReadOnlyList<UsageRecord> Create(IReadOnlyList<string?> keys, int calls)
    {
        var ledger = new LedgerRecords(keys, new Random(20_241_027));
        for (var call = 0; call < calls; call++)
            ledger.AddCall();
        ledger.AddCorrections();
        return ledger._records;
    }

    /// <summary>Adds the attempts of a call: usually one, otherwise failed ones before the last.</summary>
    private void AddCall()
    {
        var startedAt = _times.Next();
        var call = NextId(startedAt);
        var last = CreateAttempt(new CallId(call, 1), startedAt);
        var attempts = random.Next(7) == 0 ? random.Next(2, 4) : 1;
        for (var attempt = 1; attempt < attempts; attempt++)
            _records.Add(
                last with
                {
                    Id = new CallId(call, attempt),
                    StartedAt = startedAt.AddMilliseconds(-200 * (attempts - attempt)),
                    Duration = TimeSpan.FromMicroseconds(random.Next(200_000)),
                    Usage = default,
                    UsageSource = UsageSource.Missing,
                    Cost = random.Next(3) == 0 ? null : Money.Zero,
                    CostSource = null,
                    Outcome = CallOutcome.ProviderError,
                    StatusCode = 503,
                }
            );
        _records.Add(last with { Id = new CallId(call, attempts) });
    }

    private UsageRecord CreateAttempt(CallId id, DateTimeOffset startedAt)
    {
        var (model, provider) = NextOf(Names.Models);
        var isEmbedding = model.StartsWith("text-", StringComparison.Ordinal);
        var usage = NextUsage(isEmbedding);
        var (cost, source) = NextCost(provider, model, usage, startedAt);
        return new UsageRecord
        {
            Id = id,
            StartedAt = startedAt,
            Duration = TimeSpan.FromTicks(random.NextInt64(600_000_000)),
            Provider = provider,
            Model = model,
            ModelGroup = NextOf(Names.Groups),
            Deployment = NextOf(Names.Deployments),
            Operation = isEmbedding ? "embeddings" : "chat",
            Streamed = random.Next(2) == 0,
            Attribution = NextAttribution(),
            Usage = usage,
            UsageSource = random.Next(11) == 0 ? UsageSource.Estimated : UsageSource.Reported,
            Cost = cost,
            CostSource = source,
            Outcome = random.Next(6) == 0 ? NextOf(Failures) : CallOutcome.Completed,
            StatusCode = 200,
        };
    }

    private Attribution NextAttribution() =>
        new()
        {
            KeyId = NextOf(keys),
            User = NextOf(Names.Users),
            Project = NextOf(Names.Projects),
            Session = NextOf(Names.Sessions),
            Application = NextOf(Names.Applications),
            EndUser = NextOf(Names.EndUsers),
            Tags = NextOf(Names.Tags),
        };

    private TokenUsage NextUsage(bool isEmbedding)
    {
        var usage = new TokenUsage { [UsageKind.InputText] = random.Next(5000) };
        if (isEmbedding)
            return usage;
        foreach (var kind in Enum.GetValues<UsageKind>().Skip(1))
            if (random.Next(4) == 0)
                usage[kind] = random.Next(1, 3000);
        return usage;
    }

    /// <summary>
    /// Unpriced, free, by a price that can split it, a single picodollar, a large amount, or any of 12 decimals.
    /// </summary>
    private (Money? Cost, string? Source) NextCost(
        string provider,
        string model,
        in TokenUsage usage,
        DateTimeOffset startedAt
    ) =>
        random.Next(20) switch
        {
            < 3 => (null, null),
            3 => (Money.Zero, "caller"),
            < 9
                when BuiltInPrices.Book.Find(provider, model, startedAt) is { } card
                    && CostCalculator.Price(card, usage, ServiceTier.Standard).Total is { } total => (
                total,
                card.PriceVersion
            ),
            9 => (Money.FromPico(1), "caller"),
            10 => (Money.FromPico(random.NextInt64(1_000_000_000_000_000)), "caller"),
            _ => (Money.FromPico(random.NextInt64(2_000_000_000_000)), "caller"),
        };

    /// <summary>Corrects some records, up or down, some of them twice, and totals that belong to no call.</summary>
    private void AddCorrections()
    {
        foreach (var record in _records.ToList())
            if (random.Next(9) == 0)
                AddCorrections(record, random.Next(1, 3));
        for (var number = 0; number < 20; number++)
        {
            var startedAt = _times.Next();
            _records.Add(
                CreateAttempt(new CallId(NextId(startedAt), 1), startedAt) with
                {
                    Attribution = Attribution.None,
                    Operation = "reconcile",
                    Usage = default,
                    UsageSource = UsageSource.Reported,
                    Duration = TimeSpan.Zero,
                    Cost = NextDifference(),
                    CostSource = "report",
                    Outcome = CallOutcome.Corrected,
                    Corrects = new CallId(NextId(startedAt), 1),
                }
            );
        }
    }

    /// <summary>Corrects a record, and then the correction.</summary>
    private void AddCorrections(UsageRecord record, int count)
    {
        for (var number = 0; number < count; number++)
            _records.Add(record = Correct(record));
    }

    private UsageRecord Correct(UsageRecord record)
    {
        var isPriced = record.Cost is not null;
        return record with
        {
            Id = new CallId(NextId(record.StartedAt), 1),
            Corrects = record.Id,
            Duration = TimeSpan.Zero,
            Usage = NextAdjustment(record),
            UsageSource = UsageSource.Reported,
            Cost = isPriced ? NextDifference() : Money.FromPico(random.NextInt64(3) * 123_456_789_012),
            CostSource = "test",
            Outcome = isPriced ? CallOutcome.Corrected : CallOutcome.Repriced,
        };
    }

    private Money NextDifference() => Money.FromPico(random.NextInt64(-1_500_000_000_000, 1_500_000_000_000));

    private TokenUsage NextAdjustment(UsageRecord record)
    {
        var usage = default(TokenUsage);
        if (random.Next(2) == 0)
            usage.Adjust(UsageKind.InputText, random.Next(-1000, 1000));
        if (record.Operation != "embeddings" && random.Next(2) == 0)
            usage.Adjust(UsageKind.OutputText, random.Next(-1000, 1000));
        return usage;
    }

    /// <summary>An identity by time, as UUIDv7, but from the generator.</summary>
    private Guid NextId(DateTimeOffset time)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes, (time.ToUnixTimeMilliseconds() << 16) | 0x7000L | bytes[7]);
        return new Guid(bytes, bigEndian: true);
    }

    private T NextOf<T>(IReadOnlyList<T> values) => values[random.Next(values.Count)];
}

using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Testing;

/// <summary>
/// Records with prices that are current, outdated or unknown, and corrections of them, at the same and at other times.
/// </summary>
internal static class PricedRecords
{
    /// <summary>The prices with which they were recorded.</summary>
    public static readonly PriceBook PreviousPrices = PriceBook.Create([
        Card("model-0", 0.0000025m),
        Card("model-1", 0.000000123456789m),
        Card("model-2", 0.00001m),
    ]);

    /// <summary>The later prices: one unchanged, one changed, one removed, one new.</summary>
    public static readonly PriceBook CurrentPrices = PriceBook.Create([
        Card("model-0", 0.0000025m),
        Card("model-1", 0.000000987654321m, "2"),
        Card("model-3", 0.000004m),
    ]);

    public static List<UsageRecord> Random(Random random, int count)
    {
        var records = new List<UsageRecord>();
        for (var i = 0; i < count; i++)
        {
            var record = Call(random);
            records.Add(record);
            for (var last = record; random.Next(4) == 0; records.Add(last))
                last = Correction(random, last, last.StartedAt.AddMinutes(random.Next(3) == 0 ? random.Next(60) : 0));
        }

        return records;
    }

    /// <summary>
    /// Returns the sums of pricing every call from scratch; what cannot be priced keeps its cost, including
    /// corrections.
    /// </summary>
    public static (Money Cost, long Unpriced) FromScratch(List<UsageRecord> records, PriceBook prices)
    {
        var (cost, unpriced) = (Money.Zero, 0L);
        var roots = new Dictionary<CallId, CallId>();
        foreach (var record in records)
            roots[record.Id] = record.Corrects is { } corrected ? roots[corrected] : record.Id;
        foreach (var call in records.Where(record => record.Corrects is null))
        {
            var charge = CostCalculator
                .Price(prices.Find(call.Provider, call.Model, call.StartedAt), call.Usage, call.ServiceTier)
                .Total;
            var costs = records
                .Where(record => roots[record.Id] == call.Id && record.Cost is not null)
                .Select(record => record.Cost!.Value)
                .ToList();
            if (call.CostSource != "caller" && charge is { } known)
                cost += known;
            else if (costs.Count == 0)
                unpriced++;
            else
                cost += costs.Aggregate(static (sum, next) => sum + next);
        }

        return (cost, unpriced);
    }

    private static UsageRecord Call(Random random)
    {
        var drawn = SampleRecords.Random(random);
        var record = drawn with
        {
            Id = new CallId(Guid.CreateVersion7(drawn.StartedAt), 1),
            Model = $"model-{random.Next(4)}",
            Provider = "openai",
            Usage = new TokenUsage
            {
                [UsageKind.InputText] = random.Next(1, 1_000_000),
                [UsageKind.CacheRead] = random.Next(2) * random.Next(1000),
                [UsageKind.OutputText] = random.Next(1000),
            },
            ServiceTier = ServiceTier.Standard,
            Outcome = CallOutcome.Completed,
            Corrects = null,
        };
        if (random.Next(6) == 0)
            return record with { Cost = Money.FromPico(random.NextInt64(1_000_000_000_000)), CostSource = "caller" };
        var charge = CostCalculator.Price(
            PreviousPrices.Find(record.Provider, record.Model, record.StartedAt),
            record.Usage,
            record.ServiceTier
        );
        return record with { Cost = charge.Total, CostSource = charge.CostSource };
    }

    private static UsageRecord Correction(Random random, UsageRecord of, DateTimeOffset at) =>
        of with
        {
            Id = new CallId(Guid.CreateVersion7(at), 1),
            StartedAt = at,
            Usage = default,
            Duration = TimeSpan.Zero,
            Cost = Money.FromPico(random.NextInt64(-1_000_000, 1_000_000)),
            CostSource = "reconciled",
            Outcome = of.Cost is null ? CallOutcome.Repriced : CallOutcome.Corrected,
            Corrects = of.Id,
        };

    private static RateCard Card(string model, decimal rate, string version = "1") =>
        new()
        {
            Provider = "openai",
            Model = model,
            PriceVersion = $"sample/{version}/openai/{model}",
            Source = "test",
            Tiers =
            [
                new RateTier(
                    ServiceTier.Standard,
                    0,
                    new Dictionary<UsageKind, decimal>
                    {
                        [UsageKind.InputText] = rate,
                        [UsageKind.CacheRead] = rate / 10,
                        [UsageKind.OutputText] = rate * 4,
                    }
                ),
            ],
        };
}

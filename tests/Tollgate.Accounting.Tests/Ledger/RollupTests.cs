using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Time;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Tests.Ledger;

public sealed class RollupTests : LedgerFixture
{
    private const int Records = 4000;
    private static readonly TimeSpan Span = TimeSpan.FromHours(6);

    private DateTimeOffset _begin;

    [Theory]
    [InlineData(1)]
    [InlineData(20260701)]
    public async Task Sums_equal_what_the_records_add_up_to_over_any_period_and_dimension(int seed)
    {
        var random = new Random(seed);
        _begin = Time.GetUtcNow();
        var records = Enumerable.Range(0, Records).Select(_ => RandomRecord(random)).ToList();
        await using var ledger = await OpenAsync();
        var booked = new List<UsageRecord>();
        foreach (var some in records.Chunk(Records / 8))
        {
            // Time goes on, so that what is booked belongs to slots that are over, to the running one and to later
            // ones.
            await Task.WhenAll(some.Select(record => ledger.AppendAsync(record).AsTask()));
            booked.AddRange(some);
            (await ledger.Query.TotalsAsync(UsagePeriod.All)).ShouldBe(Sum(booked));
            await GroupsAreEqualAsync(ledger, booked, UsageDimension.Model, record => record.Model);
            Time.Advance(TimeSpan.FromMinutes(42));
        }

        (await ledger.Query.TotalsAsync(UsagePeriod.All)).ShouldBe(Sum(records));
        Sum(records).Cost.Usd.ShouldBeGreaterThan(9_223_372m, "64 bits of pico-dollars must not be enough");
        for (var i = 0; i < 40; i++)
        {
            var from = Moment(random);
            var to = i % 4 == 0 ? from.AddMinutes(random.Next(20)) : Moment(random);
            var within = records.Where(record => record.StartedAt >= from && record.StartedAt < to).ToList();
            (await ledger.Query.TotalsAsync(new UsagePeriod(from, to))).ShouldBe(Sum(within), $"{from:O} to {to:O}");
        }

        await GroupsAreEqualAsync(ledger, records, UsageDimension.Model, record => record.Model);
        await GroupsAreEqualAsync(ledger, records, UsageDimension.Provider, record => record.Provider);
        await GroupsAreEqualAsync(ledger, records, UsageDimension.Key, record => record.Attribution.KeyId);
        await GroupsAreEqualAsync(ledger, records, UsageDimension.User, record => record.Attribution.User);
        await GroupsAreEqualAsync(ledger, records, UsageDimension.Project, record => record.Attribution.Project);
    }

    [Fact]
    public async Task A_period_ends_before_its_end_and_begins_with_its_beginning()
    {
        await using var ledger = await OpenAsync();
        var noon = Time.GetUtcNow();
        await ledger.AppendAsync(Record() with { StartedAt = noon });
        await ledger.AppendAsync(Record() with { StartedAt = noon.AddHours(1) });

        (await ledger.Query.TotalsAsync(new UsagePeriod(noon, noon.AddHours(1)))).Calls.ShouldBe(1);
        (await ledger.Query.TotalsAsync(new UsagePeriod(noon, null))).Calls.ShouldBe(2);
        (await ledger.Query.TotalsAsync(new UsagePeriod(null, noon))).Calls.ShouldBe(0);
        (await ledger.Query.TotalsAsync(new UsagePeriod(noon.AddHours(1), noon))).Calls.ShouldBe(0);
    }

    private static async Task GroupsAreEqualAsync(
        UsageLedger ledger,
        List<UsageRecord> records,
        UsageDimension by,
        Func<UsageRecord, string?> value
    )
    {
        var groups = await ledger.Query.GroupAsync(UsagePeriod.All, by);
        groups
            .OrderBy(group => group.Name, StringComparer.Ordinal)
            .ShouldBe(
                records
                    .GroupBy(value)
                    .Select(group => new UsageGroup(group.Key, Sum(group)))
                    .OrderBy(group => group.Name, StringComparer.Ordinal)
            );
    }

    private static UsageTotals Sum(IEnumerable<UsageRecord> records) =>
        records.Aggregate(
            new UsageTotals(),
            (sum, record) =>
                new UsageTotals
                {
                    Calls = sum.Calls + 1,
                    Errors = sum.Errors + (IsError(record.Outcome) ? 1 : 0),
                    Estimated = sum.Estimated + (record.UsageSource == UsageSource.Estimated ? 1 : 0),
                    Unpriced = sum.Unpriced + (record.Cost is null ? 1 : 0),
                    Cost = sum.Cost + (record.Cost ?? Money.Zero),
                    Duration = sum.Duration + record.Duration,
                    Usage = sum.Usage + record.Usage,
                }
        );

    private static bool IsError(CallOutcome outcome) =>
        outcome is not (CallOutcome.Completed or CallOutcome.Booked or CallOutcome.ClientDisconnected);

    private DateTimeOffset Moment(Random random) => _begin + (Span * random.NextDouble());

    private UsageRecord RandomRecord(Random random) =>
        Record() with
        {
            StartedAt = StoredTime.ToTime(
                (random.Next(4) == 0 ? _begin.AddMinutes(15 * random.Next(20)) : Moment(random)).ToMicros()
            ),
            Duration = StoredTime.ToDuration(random.Next(100_000_000)),
            Model = $"model-{random.Next(4)}",
            Provider = $"provider-{random.Next(3)}",
            Attribution = new Attribution
            {
                KeyId = random.Next(5) == 0 ? null : $"key-{random.Next(5)}",
                User = random.Next(3) == 0 ? null : $"user-{random.Next(5)}",
                Project = random.Next(2) == 0 ? null : $"project-{random.Next(2)}",
            },
            Usage = RandomUsage(random),
            UsageSource = (UsageSource)random.Next(3),
            Outcome = (CallOutcome)random.Next(8),
            Cost = random.Next(6) switch
            {
                0 => null,
                1 => Money.Round(random.NextInt64(8_000_000) + 0.000000999999m),
                2 => Money.FromPico(random.NextInt64(100)),
                _ => Money.FromPico(random.NextInt64(1_000_000_000_000)),
            },
        };

    private static TokenUsage RandomUsage(Random random)
    {
        var usage = default(TokenUsage);
        for (var i = 0; i < 4; i++)
            usage[(UsageKind)random.Next(TokenUsage.KindCount)] = random.NextInt64(1_000_000_000);
        return usage;
    }
}

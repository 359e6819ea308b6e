using Tollgate.Accounting.Stores.Memory;
using Tollgate.Accounting.Usage;
using Xunit;

namespace Tollgate.Accounting.Testing;

public abstract partial class LedgerStoreCompliance
{
    private static readonly string[] Zones =
    [
        "UTC",
        "Europe/Berlin",
        "America/Los_Angeles",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",
        "Pacific/Chatham",
    ];

    /// <summary>
    /// Days, weeks and months of any time zone, over half a year: with changes of the clock, and with offsets that are
    /// not whole hours.
    /// </summary>
    [Theory]
    [InlineData(5, 2026)]
    [InlineData(6, 1969)]
    public async Task Sums_by_local_time_equal_what_the_records_add_up_to(int seed, int year)
    {
        var random = new Random(seed);
        var start = new DateTimeOffset(year, 8, 1, 0, 0, 0, TimeSpan.Zero);
        await using var reference = new InMemoryLedgerStore();
        for (var batch = 0; batch < 4; batch++)
        {
            var records = Enumerable
                .Range(0, 300)
                .Select(_ => SampleRecords.Random(random) with { StartedAt = Moment() })
                .ToList();
            await Store.AppendAsync(records);
            await reference.AppendAsync(records);
        }

        for (var i = 0; i < 60; i++)
        {
            var (from, length) = (Moment(), Moment() - start);
            var bucket = (UsageBucket)random.Next((int)UsageBucket.Hour, (int)UsageBucket.Month + 1);
            var zone = TimeZoneInfo.FindSystemTimeZoneById(Zones[random.Next(Zones.Length)]);
            if (bucket == UsageBucket.Hour)
                length /= 20;
            await AssertSumsEqualAsync(
                reference,
                RandomSum() with
                {
                    Edges = [.. bucket.EdgesBetween(from, from + length, zone)],
                }
            );
        }

        // On a quarter of an hour, or anywhere.
        DateTimeOffset Moment() =>
            random.Next(2) == 0
                ? start.AddMinutes(15 * random.Next(180 * 96))
                : start.AddMicroseconds(random.NextInt64(180 * 24 * 3600 * 1_000_000L));

        UsageSumQuery RandomSum()
        {
            var dimension = (UsageDimension)random.Next(5);
            return new UsageSumQuery
            {
                By = random.Next(3) == 0 ? [] : [dimension],
                Where = random.Next(3) switch
                {
                    0 => [UsageFilter.Equal(dimension, $"{dimension.ToString().ToLowerInvariant()}-{random.Next(4)}")],
                    1 => [DimensionFilter.NotIn(dimension, [null, "model-1", "user-1"])],
                    _ => [],
                },
                Content = (UsageSumContent)random.Next(2),
            };
        }
    }
}

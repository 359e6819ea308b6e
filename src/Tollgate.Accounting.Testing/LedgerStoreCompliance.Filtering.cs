using Tollgate.Accounting.Stores.Memory;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;
using Xunit;

namespace Tollgate.Accounting.Testing;

public abstract partial class LedgerStoreCompliance
{
    /// <summary>Any conditions select the same records and the same sums as comparing each record does.</summary>
    [Theory]
    [InlineData(11)]
    [InlineData(20260702)]
    public async Task Conditions_of_any_kind_select_what_matches(int seed)
    {
        var random = new Random(seed);
        var records = RandomDays(random, 600);
        await using var reference = new InMemoryLedgerStore();
        await Store.AppendAsync(records);
        await reference.AppendAsync(records);

        for (var i = 0; i < 60; i++)
        {
            var where = SampleFilters.RandomSet(random, records);
            var query = SampleRecords.RandomQuery(random) with
            {
                Where = where,
                Content = (UsageSumContent)random.Next(2),
            };
            if (random.Next(3) == 0)
                query = query with { Period = UsagePeriod.All };
            await AssertSumsEqualAsync(reference, query);
            var selection = new UsageSelection { Where = where, Period = query.Period };
            Assert.Equal(
                selection.Select(records).Select(static record => record.Id),
                (await ReadAsync(selection)).Select(static record => record.Id)
            );
        }
    }

    /// <summary>Buckets with any edges contain what started within them, also after a purge.</summary>
    [Theory]
    [InlineData(12)]
    [InlineData(20260703)]
    public async Task Buckets_contain_what_started_between_their_edges(int seed)
    {
        var random = new Random(seed);
        var records = RandomDays(random, 600);
        await using var reference = new InMemoryLedgerStore();
        await Store.AppendAsync(records);
        await reference.AppendAsync(records);

        for (var i = 0; i < 60; i++)
        {
            if (i == 40)
                Assert.Equal(
                    await reference.PurgeAsync(SampleRecords.Noon.AddDays(4)),
                    await Store.PurgeAsync(SampleRecords.Noon.AddDays(4))
                );
            var query = SampleRecords.RandomQuery(random) with
            {
                BySlot = false,
                Where = random.Next(2) == 0 ? [] : SampleFilters.RandomSet(random, records),
                Edges = SampleFilters.RandomEdges(random, SampleRecords.Noon.AddHours(-12), TimeSpan.FromDays(9)),
            };
            await AssertSumsEqualAsync(reference, query);
        }
    }

    /// <summary>A limit leaves out groups, but not without a sign.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 4)]
    [InlineData(100, 4)]
    public async Task A_limit_is_the_most_groups_that_are_returned(int limit, int count)
    {
        await Store.AppendAsync(RandomDays(new Random(15), 100));

        var sums = await Store.SumAsync(new UsageSumQuery { By = [UsageDimension.Model], Limit = limit });

        Assert.Equal(count, sums.Count);
        Assert.Equal(sums.Count, sums.DistinctBy(static sum => sum.Names[0]).Count());
    }

    /// <summary>A set with many values, as the reach of a team is.</summary>
    [Fact]
    public async Task A_set_may_have_many_values()
    {
        var records = RandomDays(new Random(13), 100);
        await Store.AppendAsync(records);
        UsageFilter many = DimensionFilter.In(
            UsageDimension.User,
            Enumerable.Range(0, 1500).Select(static user => $"user-{user}")
        );
        var expected = SampleRecords.Sum(records.Where(many.Matches));

        Assert.Equal(expected, Assert.Single(await Store.SumAsync(new UsageSumQuery { Where = [many] })).Totals);
    }

    /// <summary>Letters outside ASCII match themselves, and characters of patterns are ordinary ones.</summary>
    [Theory]
    [InlineData("gpt", "GPT-4o", true)]
    [InlineData("GPT", "my-gpt", true)]
    [InlineData("É", "CAFÉ", true)]
    [InlineData("模", "模型", true)]
    [InlineData("%", "100", false)]
    [InlineData("_", "a-b", false)]
    [InlineData("\\", "a\\b", true)]
    [InlineData("'", "it's", true)]
    [InlineData("gpt-4o", "gpt-4", false)]
    public async Task A_text_is_found_within_names(string text, string name, bool isFound)
    {
        await Store.AppendAsync([SampleRecords.Bare() with { Model = name, Operation = "chat" }]);
        var filter = DimensionFilter.Contains(UsageDimension.Model, text);

        Assert.Equal(isFound ? 1 : 0, (await ReadAsync(new UsageSelection { Where = [filter] })).Count);
        Assert.Equal(
            isFound ? 1 : 0,
            Assert.Single(await Store.SumAsync(new UsageSumQuery { Where = [filter] })).Totals.Calls
        );
    }

    /// <summary>An empty set matches nothing: a caller without keys, users and projects sees nothing.</summary>
    [Fact]
    public async Task A_reach_of_nothing_contains_nothing()
    {
        await Store.AppendAsync([SampleRecords.Full(), SampleRecords.Bare()]);
        var where = UsageReach.Nothing.Restrict([]);

        Assert.Empty(await ReadAsync(new UsageSelection { Where = where }));
        Assert.Equal(
            new UsageTotals(),
            Assert.Single(await Store.SumAsync(new UsageSumQuery { Where = where })).Totals
        );
        Assert.Empty(await Store.SumAsync(new UsageSumQuery { Where = where, By = [UsageDimension.Model] }));
    }

    /// <summary>The pages of any order add up to the whole, in either direction.</summary>
    [Theory]
    [InlineData(UsageSort.Cost)]
    [InlineData(UsageSort.Duration)]
    [InlineData(UsageSort.Tokens)]
    public async Task Pages_of_any_order_put_together_are_the_whole(UsageSort sort)
    {
        var random = new Random(14);
        var records = RandomDays(random, 200)
            .ConvertAll(record =>
                // Many are equal, where the start and the identity order them.
                record with
                {
                    Duration = TimeSpan.FromSeconds(random.Next(5)),
                    Cost = random.Next(4) switch
                    {
                        0 => null,
                        1 => record.Cost,
                        _ => Money.Round(random.Next(3)),
                    },
                }
            );
        await Store.AppendAsync(records);
        foreach (var order in Enum.GetValues<UsageOrder>())
        {
            var selection = new UsageSelection { Sort = sort, Order = order };
            var whole = selection.Select(records).ToList();

            Assert.Equal(whole, await ReadAsync(selection));
            foreach (var size in new[] { 1, 7, 1000 })
                Assert.Equal(whole, await ReadPagesAsync(selection with { Limit = size }));
        }
    }

    /// <summary>Records within nine days, of any kind.</summary>
    private static List<UsageRecord> RandomDays(Random random, int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(index =>
                {
                    var record = SampleRecords.Random(random);
                    return record with
                    {
                        StartedAt = record.StartedAt.AddDays(random.Next(9)),
                        Streamed = random.Next(2) == 0,
                        ResponseId = random.Next(2) == 0 ? null : $"response-{index}",
                    };
                }),
        ];
}

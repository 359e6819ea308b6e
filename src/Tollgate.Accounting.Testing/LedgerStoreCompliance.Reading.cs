using System.Globalization;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;
using Xunit;

namespace Tollgate.Accounting.Testing;

public abstract partial class LedgerStoreCompliance
{
    /// <summary>The pages of a selection add up to the whole selection, whatever their size.</summary>
    [Theory]
    [InlineData(UsageOrder.NewestFirst)]
    [InlineData(UsageOrder.OldestFirst)]
    public async Task Pages_put_together_are_the_whole(UsageOrder order)
    {
        var random = new Random(3);
        // Many start in the same microsecond, where only the identity orders them.
        var records = Enumerable
            .Range(0, 300)
            .Select(_ =>
                SampleRecords.Random(random) with
                {
                    StartedAt = SampleRecords.Noon.AddMinutes(random.Next(20)),
                }
            )
            .ToList();
        await Store.AppendAsync(records);
        var whole = records.OrderBy(UsagePosition.FromRecord).ToList();
        if (order == UsageOrder.NewestFirst)
            whole.Reverse();

        Assert.Equal(whole, await ReadAsync(new UsageSelection { Order = order }));
        foreach (var size in new[] { 1, 7, 100, 1000 })
            Assert.Equal(whole, await ReadPagesAsync(new UsageSelection { Order = order, Limit = size }));
    }

    /// <summary>Conditions and period filter records; the rest keeps its order.</summary>
    [Fact]
    public async Task Conditions_choose_records()
    {
        var random = new Random(4);
        var records = Enumerable.Range(0, 400).Select(_ => SampleRecords.Random(random)).ToList();
        await Store.AppendAsync(records);
        foreach (var dimension in Enum.GetValues<UsageDimension>())
        {
            UsageFilter[] where =
            [
                UsageFilter.Equal(dimension, records[0].GetValue(dimension)),
                UsageFilter.Equal(UsageDimension.Model, records[0].Model),
            ];
            var period = new UsagePeriod(SampleRecords.Noon.AddHours(1), SampleRecords.Noon.AddHours(5));
            var expected = records
                .Where(record =>
                    record.Matches(where) && record.StartedAt >= period.From && record.StartedAt < period.To
                )
                .OrderByDescending(UsagePosition.FromRecord);
            Assert.Equal(expected, await ReadAsync(new UsageSelection { Where = where, Period = period }));
        }
    }

    /// <summary>The bounds of a period are exact to the microsecond, for records and for sums of records.</summary>
    [Theory]
    [InlineData("2026-06-15T12:00:00Z")]
    [InlineData("1969-12-31T23:59:59.998Z")]
    public async Task Periods_are_cut_to_the_microsecond(string start)
    {
        var random = new Random(5);
        var first = DateTimeOffset.Parse(start, CultureInfo.InvariantCulture);
        int[] micros = [0, 1, 499, 500, 501, 999, 1000, 1001, 1499, 1500, 1501, 1999, 2000];
        var records = micros
            .Select(micro => SampleRecords.Random(random) with { StartedAt = first.AddMicroseconds(micro) })
            .ToList();
        await Store.AppendAsync([.. records.OrderBy(_ => random.Next())]);

        foreach (var from in micros)
        {
            foreach (var to in micros.Where(to => to >= from))
            {
                var period = new UsagePeriod(first.AddMicroseconds(from), first.AddMicroseconds(to));
                var within = records
                    .Where(record => record.StartedAt >= period.From && record.StartedAt < period.To)
                    .ToList();
                Assert.Equal(
                    within,
                    await ReadAsync(new UsageSelection { Period = period, Order = UsageOrder.OldestFirst })
                );
                Assert.Equal(
                    within.Sum(static record => record.Corrects is null ? 1 : 0),
                    (await TotalsAsync(period)).Calls
                );
            }
        }
    }

    private async Task<List<UsageRecord>> ReadPagesAsync(UsageSelection page)
    {
        var records = new List<UsageRecord>();
        while (true)
        {
            var next = await ReadAsync(page);
            if (next.Count == 0)
                return records;
            records.AddRange(next);
            page = page with { After = page.PositionOf(next[^1]) };
        }
    }
}

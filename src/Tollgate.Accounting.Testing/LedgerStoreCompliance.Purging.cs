using Tollgate.Accounting.Stores.Memory;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;
using Xunit;

namespace Tollgate.Accounting.Testing;

public abstract partial class LedgerStoreCompliance
{
    /// <summary>Rule of <c>PurgeAsync</c>: sums outlive their records.</summary>
    [Fact]
    public async Task Purging_by_age_removes_records_and_keeps_their_sums()
    {
        var random = new Random(5);
        var records = Enumerable.Range(0, 800).Select(_ => SampleRecords.Random(random)).ToList();
        await using var reference = new InMemoryLedgerStore();
        await Store.AppendAsync(records);
        await reference.AppendAsync(records);
        var before = SampleRecords.Noon.AddHours(2);

        Assert.Equal(records.Count(record => record.StartedAt < before), await Store.PurgeAsync(before));
        await reference.PurgeAsync(before);
        Assert.Equal(0, await Store.PurgeAsync(before));

        Assert.Equal(
            records.Where(record => record.StartedAt >= before).OrderByDescending(UsagePosition.FromRecord),
            await ReadAsync(new UsageSelection())
        );
        Assert.Equal(SampleRecords.Sum(records), await TotalsAsync());
        for (var i = 0; i < 30; i++)
            await AssertSumsEqualAsync(reference, SampleRecords.RandomQuery(random));
    }

    /// <summary>
    /// Rule of <c>PurgeAsync</c>: only whole slots of purged records are known, so a part of one counts none of them.
    /// </summary>
    [Fact]
    public async Task A_period_within_a_purged_slot_counts_none_of_its_records()
    {
        var slot = SampleRecords.Noon;
        await Store.AppendAsync([SampleRecords.Bare() with { StartedAt = slot.AddMinutes(10) }]);
        await Store.PurgeAsync(slot.AddHours(1));

        Assert.Equal(0, await CountAsync(slot, slot.AddMinutes(5)));
        Assert.Equal(0, await CountAsync(slot, slot.AddMinutes(12)));
        Assert.Equal(0, await CountAsync(slot.AddMinutes(5), slot.AddMinutes(20)));
        Assert.Equal(1, await CountAsync(slot, slot.AddMinutes(15)));
        Assert.Equal(1, await CountAsync(slot.AddMinutes(-20), slot.AddMinutes(20)));
    }

    /// <summary>Months of records are removed as reliably as minutes of them.</summary>
    [Fact]
    public async Task Purging_reaches_back_over_years()
    {
        var records = Enumerable
            .Range(0, 36)
            .Select(month =>
                SampleRecords.Bare() with
                {
                    StartedAt = SampleRecords.Noon.AddMonths(-month),
                    Id = new CallId(Guid.CreateVersion7(SampleRecords.Noon.AddMonths(-month)), 1),
                }
            )
            .ToList();
        // One whose identity is older than its start, and one whose start is older than its identity.
        records.Add(
            SampleRecords.Bare() with
            {
                Id = new CallId(Guid.CreateVersion7(SampleRecords.Noon.AddMonths(-30)), 1),
            }
        );
        records.Add(SampleRecords.Bare() with { StartedAt = SampleRecords.Noon.AddMonths(-30) });
        await Store.AppendAsync(records);
        var before = SampleRecords.Noon.AddMonths(-12);

        Assert.Equal(records.Count(record => record.StartedAt < before), await Store.PurgeAsync(before));
        Assert.Equal(
            records.Where(record => record.StartedAt >= before).OrderByDescending(UsagePosition.FromRecord),
            await ReadAsync(new UsageSelection())
        );
        Assert.Equal(records.Count, (await TotalsAsync()).Calls);
    }

    /// <summary>Rule of <c>PurgeAsync</c>.</summary>
    [Fact]
    public async Task Purging_everything_leaves_nothing_and_lets_the_store_go_on()
    {
        await Store.AppendAsync([SampleRecords.Full(), SampleRecords.Bare()]);
        Assert.Equal(2, await Store.PurgeAsync(null));
        Assert.Equal(new UsageTotals(), await TotalsAsync());
        Assert.Equal(1, await Store.AppendAsync([SampleRecords.Full()]));
        Assert.Equal(1, (await TotalsAsync()).Calls);
    }

    /// <summary>Rule of <c>PurgeAsync</c>.</summary>
    [Fact]
    public async Task Purging_up_to_a_moment_within_a_slot_is_refused() =>
        Assert.Contains(
            "quarter of an hour",
            (
                await Assert.ThrowsAsync<ArgumentException>(() => Store.PurgeAsync(SampleRecords.Noon.AddMinutes(7)))
            ).Message
        );

    private async Task<long> CountAsync(DateTimeOffset from, DateTimeOffset to) =>
        (await Store.SumAsync(new UsageSumQuery { Period = new UsagePeriod(from, to) }))[0].Totals.Calls;
}

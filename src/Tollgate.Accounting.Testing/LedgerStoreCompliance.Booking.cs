using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;
using Xunit;

namespace Tollgate.Accounting.Testing;

public abstract partial class LedgerStoreCompliance
{
    /// <summary>No part of a record is lost, truncated or rounded.</summary>
    [Fact]
    public async Task A_record_comes_back_as_it_was_booked()
    {
        UsageRecord[] records =
        [
            SampleRecords.Full(),
            SampleRecords.Bare(),
            SampleRecords.Extreme(),
            SampleRecords.Awkward(),
        ];
        Assert.Equal(records.Length, await Store.AppendAsync(records));
        foreach (var record in records)
            Assert.Equal(record, Assert.Single(await Store.FindAsync(record.Id.Call)));
    }

    /// <summary>Rule of <c>AppendAsync</c>.</summary>
    [Fact]
    public async Task An_identity_is_booked_once()
    {
        var first = SampleRecords.Full();
        var other = SampleRecords.Bare();
        var again = first with { Model = "another", Cost = Money.Round(5m), StartedAt = first.StartedAt.AddDays(40) };
        Assert.Equal(1, await Store.AppendAsync([first, again]));
        Assert.Equal(1, await Store.AppendAsync([again, other, first]));
        Assert.Equal(0, await Store.AppendAsync([other]));
        Assert.Equal(first, Assert.Single(await Store.FindAsync(first.Id.Call)));
        Assert.Equal(2, (await TotalsAsync()).Calls);
        Assert.Equal(first.Cost, (await TotalsAsync()).Cost);
    }

    /// <summary>An empty batch is valid.</summary>
    [Fact]
    public async Task An_empty_batch_books_nothing()
    {
        Assert.Equal(0, await Store.AppendAsync([]));
        Assert.Equal(0, (await TotalsAsync()).Calls);
        Assert.Empty(await ReadAsync(new UsageSelection()));
        Assert.Empty(await Store.FindAsync(Guid.CreateVersion7()));
    }

    /// <summary>The attempts of a call are separate records.</summary>
    [Fact]
    public async Task A_call_is_found_with_its_attempts_in_order()
    {
        var call = Guid.CreateVersion7();
        UsageRecord[] attempts =
        [
            .. new[] { 3, 1, 2 }.Select(number => SampleRecords.Bare() with { Id = new CallId(call, number) }),
        ];
        await Store.AppendAsync([.. attempts, SampleRecords.Bare()]);
        Assert.Equal([1, 2, 3], (await Store.FindAsync(call)).Select(record => record.Id.Attempt));
    }

    /// <summary>A caller may supply any identity, not only a UUIDv7, and any time.</summary>
    [Fact]
    public async Task Identities_need_not_fit_the_time()
    {
        UsageRecord[] records =
        [
            SampleRecords.Bare() with
            {
                Id = new CallId(Guid.Parse("00000000-0000-0000-0000-000000000001"), 1),
            },
            SampleRecords.Bare() with
            {
                Id = new CallId(Guid.Parse("ffffffff-ffff-ffff-ffff-ffffffffffff"), 1),
            },
            SampleRecords.Bare() with
            {
                Id = new CallId(Guid.Parse("3d813cbb-47fb-42ba-91df-831e1593ac29"), 1),
            },
            SampleRecords.Bare() with
            {
                Id = new CallId(Guid.CreateVersion7(SampleRecords.Noon.AddYears(-30)), 1),
            },
            SampleRecords.Bare() with
            {
                StartedAt = SampleRecords.Noon.AddYears(-20),
            },
            SampleRecords.Bare() with
            {
                StartedAt = SampleRecords.Noon.AddYears(20),
            },
        ];
        Assert.Equal(records.Length, await Store.AppendAsync(records));
        Assert.Equal(0, await Store.AppendAsync(records));
        Assert.Equal(
            records.OrderBy(UsagePosition.FromRecord),
            await ReadAsync(new UsageSelection { Order = UsageOrder.OldestFirst })
        );
        Assert.Equal(records.Length, (await TotalsAsync()).Calls);
    }

    /// <summary>Overlapping writers in several processes neither lose nor duplicate records.</summary>
    [Fact]
    public async Task Writers_at_the_same_time_lose_nothing_and_double_nothing()
    {
        var random = new Random(7);
        var records = Enumerable.Range(0, 600).Select(_ => SampleRecords.Random(random)).ToList();
        var stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => OpenAsync()));
        var fresh = await Task.WhenAll(
            stores.Select((store, index) => Task.Run(() => AppendShuffledAsync(store, records, index)))
        );
        foreach (var store in stores)
            await store.DisposeAsync();

        Assert.Equal(records.Count, fresh.Sum());
        Assert.Equal(
            records.OrderBy(UsagePosition.FromRecord),
            await ReadAsync(new UsageSelection { Order = UsageOrder.OldestFirst })
        );
        Assert.Equal(SampleRecords.Sum(records), await TotalsAsync());
    }

    private static async Task<int> AppendShuffledAsync(ILedgerStore store, List<UsageRecord> records, int seed)
    {
        var shuffled = records.ToArray();
        new Random(seed).Shuffle(shuffled);
        var fresh = 0;
        foreach (var batch in shuffled.Chunk(50))
            fresh += await store.AppendAsync(batch);
        return fresh;
    }
}

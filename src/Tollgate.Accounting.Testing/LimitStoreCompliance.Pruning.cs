using Tollgate.Accounting.Limits.Leases;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;
using Xunit;

namespace Tollgate.Accounting.Testing;

public abstract partial class LimitStoreCompliance
{
    private const long Day = 24 * 3600 * 1_000_000L;

    /// <summary>
    /// Targets that never come back leave nothing behind; everything that still counts stays, and so does a total.
    /// </summary>
    [Fact]
    public async Task What_can_never_count_again_is_removed_and_nothing_else()
    {
        var (gate, rolling) = (NewHolder(), new RollingWindow(TimeSpan.FromHours(1)));
        Limit[] limits =
        [
            LimitOf(100, new CalendarWindow(CalendarUnit.Day), id: "day"),
            LimitOf(100, rolling, id: "rolling"),
            LimitOf(100, id: "total"),
        ];
        Store.Limits.Watch(limits); // Usage recorded without the limit may leave a mark, which is removed, too.
        var answer = await Store.Limits.ExchangeAsync(gate, [.. limits.Select(static limit => Need(limit, 50))]);
        var (now, today) = (answer.Now, answer.States[0].GrantWindow);
        await Store.BookAsync([
            .. Enumerable
                .Range(0, 50)
                .Select(index => Booking(gate, limits[0], 1, today - (2 * Day), today - (2 * Day), $"{index}")),
            .. Enumerable
                .Range(0, 50)
                .Select(index => Booking(gate, limits[1], 1, rolling.PartOf(now - (3 * Day)), 0, $"{index}")),
            .. Enumerable.Range(0, 50).Select(index => Booking(gate, limits[2], 1, target: $"{index}")),
            Booking(gate, limits[0], 5, today, today),
            Booking(gate, limits[1], 6, rolling.PartOf(now)),
            Booking(gate, limits[2], 7),
        ]);

        Assert.Equal(100, await Store.Limits.PruneAsync(limits));
        Assert.Equal(0, await Store.Limits.PruneAsync(limits));

        var counts = await Store.Limits.ReadAsync(limits);
        Assert.Equal(
            [("day", 5, 45), ("rolling", 6, 44), ("total", 7, 43)],
            counts
                .Where(static count => count.Target.Length == 0)
                .Select(static count => (count.Id, (int)count.Used, (int)count.Granted))
        );
        Assert.Equal(
            50,
            counts.Count(static count =>
                count.Target.Length > 0 && count is { Id: "total", Used: var used } && used == 1
            )
        );
        Assert.Empty(counts.Where(static count => count.Target.Length > 0 && count.Id != "total"));
    }

    /// <summary>An empty lease has no meaning; any other may still be spent.</summary>
    [Fact]
    public async Task Grants_of_nothing_to_targets_that_nothing_counts_are_removed()
    {
        var limit = LimitOf(100, new RollingWindow(TimeSpan.FromHours(1)));
        var gate = NewHolder();
        await Store.Limits.ExchangeAsync(gate, [Need(limit, 5, "idle"), Need(limit, 5, "holds")]);
        await Store.Limits.ExchangeAsync(gate, [new GrantOrder(limit, "idle", 0, 5, 0, 0, 0)]);

        Assert.Equal(1, await Store.Limits.PruneAsync([limit]));
        Assert.Equal(0, await Store.Limits.PruneAsync([LimitOf(1, id: "another")]));

        Assert.Equal("holds", Assert.Single(await Store.Limits.ReadAsync([limit])).Target);
        var again = await ExchangeAsync(gate, Need(limit, 5, "idle"));
        Assert.Equal((true, 5, 5), (again.IsNew, (int)again.Granted, (int)again.Given));
    }

    /// <summary>A full bucket is the same as one that was never used.</summary>
    [Fact]
    public async Task Buckets_that_are_full_again_are_removed()
    {
        // A thousand drain in each microsecond, so that whatever the time is, this one is full again; the other one is
        // not for months.
        var fast = LimitOf(1_000_000_000, new BucketWindow(TimeSpan.FromSeconds(1), Burst: 1000), id: "fast");
        var slow = LimitOf(1, new BucketWindow(TimeSpan.FromDays(300), Burst: 1000), id: "slow");
        var gate = NewHolder();
        await Store.Limits.ExchangeAsync(gate, [Need(fast, 10, "ann"), Need(slow, 10, "ann"), Need(fast, 10, "bob")]);
        await Store.BookAsync([
            Booking(gate, fast, 10, count: null, target: "ann"),
            Booking(gate, slow, 10, count: null, target: "ann"),
        ]);

        // Her bucket, and her empty lease on it; his lease is not empty, and the slow bucket is not full.
        Assert.Equal(2, await Store.Limits.PruneAsync([fast, slow]));

        Assert.Equal(
            [("fast", "bob"), ("slow", "ann")],
            (await Store.Limits.ReadAsync([fast, slow])).Select(static count => (count.Id, count.Target)).Order()
        );
    }

    /// <summary>Two reconcilers that see the same difference do not both correct it.</summary>
    [Fact]
    public async Task What_a_counter_lags_behind_is_added_by_one_of_those_who_saw_it()
    {
        var (limit, other) = (LimitOf(1000), await OpenAsync());
        await Store.BookAsync([Booking(NewHolder(), limit, 5)]);
        var seen = new CounterRaise(0, 0, 7, 0);

        var raised = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(index => Task.Run(() => (index % 2 == 0 ? Store : other).Limits.RaiseAsync(limit, "", seen)))
        );

        Assert.Single(raised, static isDone => isDone);
        Assert.Equal(12, (await CountAsync(limit)).Used);
        Assert.False(await Store.Limits.RaiseAsync(limit, "", seen));
        Assert.True(await Store.Limits.RaiseAsync(limit, "", seen with { Raised = 7 }));
        Assert.Equal(19, (await CountAsync(limit)).Used);
    }
}

using Tollgate.Accounting.Limits;
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
    public async Task Prunes_only_rows_that_can_never_count_again()
    {
        var (gate, rolling) = (CreateHolder(), new RollingWindow(TimeSpan.FromHours(1)));
        Limit[] limits =
        [
            CreateLimit(100, new CalendarWindow(CalendarUnit.Day), id: "day"),
            CreateLimit(100, rolling, id: "rolling"),
            CreateLimit(100, id: "total"),
        ];
        Store.Limits.SetMonitored(limits); // Usage recorded without the limit may leave a mark, which is removed, too.
        var answer = await Store.Limits.ExchangeAsync(gate, [.. limits.Select(static limit => Need(limit, 50))]);
        var (now, today) = (answer.Now.Value, answer.States[0].LeaseWindow);
        var past = new ChargedLimit(limits[0].Id, "", limits[0].Metric, today - (2 * Day), today - (2 * Day));
        await Store.BookAsync([
            .. Enumerable.Range(0, 50).Select(index => Booking(gate, 1, past with { Target = $"{index}" })),
            .. Enumerable
                .Range(0, 50)
                .Select(index => Booking(gate, limits[1], 1, rolling.GetPart(now - (3 * Day)), $"{index}")),
            .. Enumerable.Range(0, 50).Select(index => Booking(gate, limits[2], 1, target: $"{index}")),
            LeasedBooking(gate, limits[0], 5, today, today),
            Booking(gate, limits[1], 6, rolling.GetPart(now)),
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
    public async Task Prunes_empty_leases_of_uncounted_targets()
    {
        var limit = CreateLimit(100, new RollingWindow(TimeSpan.FromHours(1)));
        var gate = CreateHolder();
        await Store.Limits.ExchangeAsync(gate, [Need(limit, 5, "idle"), Need(limit, 5, "holds")]);
        await Store.Limits.ExchangeAsync(gate, [new LeaseRequest(limit, "idle", 0, 5, 0, 0, 0)]);

        Assert.Equal(1, await Store.Limits.PruneAsync([limit]));
        Assert.Equal(0, await Store.Limits.PruneAsync([CreateLimit(1, id: "another")]));

        Assert.Equal("holds", Assert.Single(await Store.Limits.ReadAsync([limit])).Target);
        var again = await ExchangeAsync(gate, Need(limit, 5, "idle"));
        Assert.Equal((true, 5, 5), (again.IsNew, (int)again.Granted, (int)again.TotalLeased));
    }

    /// <summary>A full bucket is the same as one that was never used.</summary>
    [Fact]
    public async Task Buckets_that_are_full_again_are_removed()
    {
        // A thousand drain in each microsecond, so that whatever the time is, this one is full again; the other one is
        // not for months.
        var fast = CreateLimit(1_000_000_000, new BucketWindow(TimeSpan.FromSeconds(1), Burst: 1000), id: "fast");
        var slow = CreateLimit(1, new BucketWindow(TimeSpan.FromDays(300), Burst: 1000), id: "slow");
        var gate = CreateHolder();
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
    public async Task Applies_a_counter_adjustment_once()
    {
        var (limit, other) = (CreateLimit(1000), await OpenAsync());
        await Store.BookAsync([Booking(CreateHolder(), limit, 5)]);
        var seen = new CounterAdjustment(0, 0, 7, 0);

        var raised = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(index => Task.Run(() => (index % 2 == 0 ? Store : other).Limits.AdjustAsync(limit, "", seen)))
        );

        Assert.Single(raised, static isDone => isDone);
        Assert.Equal(12, (await CountAsync(limit)).Used);
        Assert.False(await Store.Limits.AdjustAsync(limit, "", seen));
        Assert.True(await Store.Limits.AdjustAsync(limit, "", seen with { AdjustedBefore = 7 }));
        Assert.Equal(19, (await CountAsync(limit)).Used);
    }
}

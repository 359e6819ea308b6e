using Tollgate.Accounting.Limits.Leases;
using Tollgate.Metering.Limits.Windows;
using Xunit;

namespace Tollgate.Accounting.Testing;

public abstract partial class LimitStoreCompliance
{
    /// <summary>Each window starts at zero; leases and records of another one do not count.</summary>
    [Fact]
    public async Task A_calendar_window_counts_its_own_bookings_and_grants()
    {
        var (limit, gate) = (CreateLimit(10, Year), CreateHolder());
        var state = await ExchangeAsync(gate, Need(limit, 6));
        var now = (await Store.Limits.ExchangeAsync(gate, [Need(limit, 0)])).Now;
        var windows = LeaseAllocator.WindowsAt(limit, now);
        Assert.Equal((windows.Lease, windows.End), (state.LeaseWindow, state.WindowEnd));

        await Store.BookAsync([
            LeasedBooking(gate, limit, 2, windows.Booked, windows.Lease),
            LeasedBooking(gate, limit, 50, windows.Booked - 1, windows.Lease - 1),
        ]);
        var count = await CountAsync(limit);
        Assert.Equal(
            (2, 4, 4, windows.Lease, windows.End),
            (count.Used, count.Granted, count.Remaining, count.WindowStart, count.WindowEnd)
        );
        Assert.Equal(4, (await ExchangeAsync(gate, GiveBack(limit, 3, windows.Lease - 1))).Count.Granted);
        Assert.Equal(1, (await ExchangeAsync(gate, GiveBack(limit, 3, windows.Lease))).Count.Granted);
    }

    /// <summary>All parts of a rolling window that are at least partly within it count, and no older ones.</summary>
    [Fact]
    public async Task A_rolling_window_counts_sixty_parts_and_the_one_that_is_leaving()
    {
        var rolling = new RollingWindow(TimeSpan.FromDays(60));
        var (limit, gate) = (CreateLimit(1000, rolling), CreateHolder());
        var now = (await Store.Limits.ExchangeAsync(gate, [Need(limit, 500)])).Now.Value;
        var (oldest, current) = (rolling.GetOldestPart(now), rolling.GetPart(now));
        await Store.BookAsync([
            Booking(gate, limit, 1, current),
            Booking(gate, limit, 20, current - rolling.PartMicros),
            Booking(gate, limit, 300, oldest),
            Booking(gate, limit, 7, oldest - rolling.PartMicros),
        ]);
        var count = await CountAsync(limit);
        Assert.Equal((321, 172, 507), (count.Used, count.Granted, count.Remaining));
        Assert.Equal(
            [(oldest, 300), (current - rolling.PartMicros, 20), (current, 1)],
            count.Parts.Select(static part => (part.Part, (long)part.Used))
        );
    }

    /// <summary>Counts that can no longer be charged are removed eventually, and none that still count.</summary>
    [Fact]
    public async Task Old_parts_are_forgotten_while_the_window_goes_on()
    {
        var rolling = new RollingWindow(TimeSpan.FromHours(1));
        var (limit, gate) = (CreateLimit(1000, rolling), CreateHolder());
        var now = (await Store.Limits.ExchangeAsync(gate, [Need(limit, 500)])).Now.Value;
        var long_ago = rolling.GetPart(now - (3 * 24 * 3600 * 1_000_000L));
        await Store.BookAsync([
            Booking(gate, limit, 5, long_ago),
            Booking(gate, limit, 3, rolling.GetPart(now) - (5 * rolling.PartMicros)),
        ]);
        await ExchangeAsync(gate, Need(limit, 1));
        var wide = limit with { Window = new RollingWindow(TimeSpan.FromDays(60)) };
        Assert.Equal(3, (await CountAsync(wide)).Used);
    }

    /// <summary>A bucket holds its burst, and returned quota is in it again.</summary>
    [Fact]
    public async Task A_bucket_gives_its_burst_and_no_more()
    {
        var (limit, gate) = (CreateLimit(1, new BucketWindow(TimeSpan.FromDays(300), Burst: 100)), CreateHolder());
        Assert.Equal(60, await GrantedAsync(gate, Need(limit, 60)));
        await Store.BookAsync([Booking(gate, limit, 25, count: null)]);
        var count = await CountAsync(limit);
        Assert.Equal((25, 35, 40), (count.Used, count.Granted, count.Remaining));
        Assert.Equal(0, await GrantedAsync(gate, Need(limit, 41)));
        await ExchangeAsync(gate, GiveBack(limit, 5));
        Assert.Equal(45, await GrantedAsync(gate, Need(limit, 45)));
        Assert.Equal(0, (await CountAsync(limit)).Remaining);
    }

    /// <summary>The level of a bucket drains with time.</summary>
    [Fact]
    public async Task A_bucket_fills_by_the_stores_clock()
    {
        // A thousand drain in each microsecond, so that whatever the next exchange's time is, the bucket is full again.
        var (limit, gate) = (
            CreateLimit(1_000_000_000, new BucketWindow(TimeSpan.FromSeconds(1), Burst: 1000)),
            CreateHolder()
        );
        for (var i = 0; i < 3; i++)
            Assert.Equal(1000, await GrantedAsync(gate, Need(limit, 1000)));
    }
}

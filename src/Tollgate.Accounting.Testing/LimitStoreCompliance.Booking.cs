using Tollgate.Accounting.Limits;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;
using Xunit;

namespace Tollgate.Accounting.Testing;

public abstract partial class LimitStoreCompliance
{
    /// <summary>Recorded usage moves from the lease to the count.</summary>
    [Fact]
    public async Task Moves_recorded_usage_from_the_lease_to_the_count()
    {
        var (limit, gate) = (CreateLimit(10), CreateHolder());
        await ExchangeAsync(gate, Need(limit, 8));
        await Store.BookAsync([Booking(gate, limit, 3), Booking(gate, limit, 2)]);
        var count = await CountAsync(limit);
        Assert.Equal((5, 3, 2), (count.Used, count.Granted, count.Remaining));
    }

    /// <summary>A caller that is not sure whether a record was written may repeat it.</summary>
    [Fact]
    public async Task An_identity_that_is_booked_twice_is_charged_once()
    {
        var (limit, gate) = (CreateLimit(10), CreateHolder());
        await ExchangeAsync(gate, Need(limit, 8));
        var (one, other) = (Booking(gate, limit, 3), Booking(gate, limit, 4));
        await Store.BookAsync([one, one]);
        await Store.BookAsync([one, other]);
        await Store.BookAsync([one]);
        var count = await CountAsync(limit);
        Assert.Equal((7, 1), (count.Used, count.Granted));
    }

    /// <summary>A call that used more than was reserved does not reduce what others may use.</summary>
    [Fact]
    public async Task Counts_usage_beyond_a_lease_in_full()
    {
        var (limit, gate, other) = (CreateLimit(10), CreateHolder(), CreateHolder());
        await ExchangeAsync(gate, Need(limit, 4));
        await Store.BookAsync([Booking(gate, limit, 7)]);
        var count = await CountAsync(limit);
        Assert.Equal((7, 0, 3), (count.Used, count.Granted, count.Remaining));
        Assert.Equal(3, await GrantedAsync(other, Need(limit, 3)));
        await Store.BookAsync([Booking(gate, limit, 7)]);
        Assert.Equal(-7, (await CountAsync(limit)).Remaining);
        Assert.Equal(0, await GrantedAsync(gate, Need(limit, 1)));
    }

    /// <summary>
    /// A gateway that was assumed dead and writes records after all: its lease is gone, and its spending counts.
    /// </summary>
    [Fact]
    public async Task The_late_booking_of_a_released_holder_is_counted_once()
    {
        var (limit, gate, other) = (CreateLimit(10), CreateHolder(), CreateHolder());
        await ExchangeAsync(gate, Need(limit, 10));
        await Store.Limits.ReleaseAsync(gate.Id);
        Assert.Equal(6, await GrantedAsync(other, Need(limit, 6)));
        await Store.BookAsync([Booking(gate, limit, 4)]);
        var count = await CountAsync(limit);
        Assert.Equal((4, 6, 0), (count.Used, count.Granted, count.Remaining));
    }

    /// <summary>One record may be charged to many counters, to each in its own metric.</summary>
    [Fact]
    public async Task A_record_is_charged_to_each_counter_in_its_own_metric()
    {
        var gate = CreateHolder();
        var (tokens, requests, cost) = (
            CreateLimit(100),
            CreateLimit(10, metric: LimitMetric.Requests, id: "requests"),
            CreateLimit(1000, metric: LimitMetric.Cost, id: "cost")
        );
        await Store.Limits.ExchangeAsync(gate, [Need(tokens, 50), Need(requests, 5), Need(cost, 500)]);
        var charges = new[] { tokens, requests, cost }
            .Select(static limit => new ChargedLimit(limit.Id, "", limit.Metric, 0, 0))
            .ToArray();
        await Store.BookAsync([Booking(gate, 20, charges), Booking(gate, 10, charges)]);
        var counts = await Store.Limits.ReadAsync([tokens, requests, cost]);
        Assert.Equal(
            [(30, 20), (2, 3), (30, 470)],
            counts.Select(static count => ((long)count.Used, (long)count.Granted))
        );
    }

    /// <summary>A count-only limit needs no lease.</summary>
    [Fact]
    public async Task Counts_unreserved_usage()
    {
        var (limit, gate) = (CreateLimit(null), CreateHolder());
        await Store.BookAsync([UnleasedBooking(gate, limit, 5)]);
        Assert.Equal(5, (await CountAsync(limit)).Used);
    }

    /// <summary>An unpriced call is charged the configured ceiling, otherwise nothing.</summary>
    [Fact]
    public async Task An_unpriced_record_is_charged_the_ceiling_or_nothing()
    {
        var (limit, gate) = (CreateLimit(100, metric: LimitMetric.Cost), CreateHolder());
        await ExchangeAsync(gate, Need(limit, 50));
        var ceiling = Booking(gate, 1, new ChargedLimit(limit.Id, "", limit.Metric, 0, 0, IfUnpriced: 30));
        var free = Booking(gate, 1, new ChargedLimit(limit.Id, "", limit.Metric, 0, 0));
        await Store.BookAsync([
            ceiling with
            {
                Record = ceiling.Record with { Cost = null },
            },
            free with
            {
                Record = free.Record with { Cost = null },
            },
        ]);
        var count = await CountAsync(limit);
        Assert.Equal((30, 20), (count.Used, count.Granted));
    }

    /// <summary>Concurrency is held until it is returned; recording does not end it.</summary>
    [Fact]
    public async Task Keeps_a_concurrency_lease_after_recording()
    {
        var (limit, gate) = (CreateLimit(2, InstantWindow.Instance, LimitMetric.ConcurrentRequests), CreateHolder());
        Assert.Equal(2, await GrantedAsync(gate, Need(limit, 2)));
        await Store.BookAsync([Booking(gate, limit, 1, count: null)]);
        var count = await CountAsync(limit);
        Assert.Equal((0, 2, 0), (count.Used, count.Granted, count.Remaining));
        await ExchangeAsync(gate, GiveBack(limit, 1));
        Assert.Equal(1, (await CountAsync(limit)).Remaining);
    }

    /// <summary>A batch without charges is valid.</summary>
    [Fact]
    public async Task Records_without_charges_change_no_counter()
    {
        var (limit, gate) = (CreateLimit(10), CreateHolder());
        await ExchangeAsync(gate, Need(limit, 8));
        await Store.BookAsync([Booking(gate, limit, 3) with { Charges = null }, Booking(gate, limit, 1)]);
        await Store.BookAsync([Booking(gate, limit, 3) with { Charges = null }]);
        await Store.BookAsync([]);
        Assert.Equal(1, (await CountAsync(limit)).Used);
    }
}

using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;
using Xunit;

namespace Tollgate.Accounting.Testing;

public abstract partial class LimitStoreCompliance
{
    /// <summary>
    /// Nothing was counted yet: a limit with one counter reports that, one with a counter for each value has no
    /// counters.
    /// </summary>
    [Fact]
    public async Task An_unused_limit_reads_as_unused()
    {
        var count = await CountAsync(CreateLimit(10, Year));
        Assert.Equal((0, 0, 10, ""), (count.Used, count.Granted, count.Remaining, count.Target));
        Assert.Empty(
            await Store.Limits.ReadAsync([
                CreateLimit(10) with
                {
                    Scope = LimitScope.Create(new ScopeTerm(LimitDimension.User, null)),
                },
            ])
        );
        Assert.Empty(await Store.Limits.ReadAsync([]));
        Assert.Empty(await Store.Limits.ListHoldersAsync());
    }

    /// <summary>A reset forgives recorded usage; leased quota may still be spent, so it stays.</summary>
    [Fact]
    public async Task A_reset_forgives_what_is_booked_and_leaves_what_is_granted()
    {
        var (limit, gate) = (CreateLimit(10), CreateHolder());
        await ExchangeAsync(gate, Need(limit, 8));
        await Store.BookAsync([Booking(gate, limit, 5)]);
        await Store.Limits.ResetAsync(limit, null);
        var count = await CountAsync(limit);
        Assert.Equal((0, 3, 7), (count.Used, count.Granted, count.Remaining));
        await Store.BookAsync([Booking(gate, limit, 3)]);
        Assert.Equal(3, (await CountAsync(limit)).Used);
    }

    /// <summary>The reset of one target does not affect others.</summary>
    [Fact]
    public async Task A_reset_of_one_target_leaves_the_others()
    {
        var (limit, gate) = (CreateLimit(10), CreateHolder());
        await Store.BookAsync([Booking(gate, limit, 4, target: "ann"), Booking(gate, limit, 5, target: "bob")]);
        await Store.Limits.ResetAsync(limit, "ann");
        await Store.Limits.ResetAsync(limit, "carol");
        Assert.Equal(
            [("ann", 0), ("bob", 5)],
            (await Store.Limits.ReadAsync([limit])).Select(static count => (count.Target, (long)count.Used))
        );
        await Store.Limits.ResetAsync(limit, null);
        Assert.All(await Store.Limits.ReadAsync([limit]), static count => Assert.Equal(0, count.Used));
    }

    /// <summary>A bucket that is reset is full except for what is leased.</summary>
    [Fact]
    public async Task A_reset_bucket_still_lacks_what_is_granted()
    {
        var (limit, gate) = (CreateLimit(1, new BucketWindow(TimeSpan.FromDays(300), Burst: 100)), CreateHolder());
        await ExchangeAsync(gate, Need(limit, 70));
        await Store.BookAsync([Booking(gate, limit, 30, count: null)]);
        await Store.Limits.ResetAsync(limit, null);
        var count = await CountAsync(limit);
        Assert.Equal((0, 40, 60), (count.Used, count.Granted, count.Remaining));
    }

    /// <summary>
    /// Usage that was recorded without being counted can be added, and the ledger's sums and the counters are from one
    /// snapshot.
    /// </summary>
    [Fact]
    public async Task The_ledger_and_the_counts_are_seen_together_and_a_count_can_be_raised()
    {
        var (limit, gate) = (CreateLimit(100), CreateHolder());
        await Store.BookAsync([Booking(gate, limit, 5), Booking(gate, limit, 7) with { Charges = null }]);
        await Store.BookAsync([Booking(gate, limit, 30, count: -10)]);
        var before = await Store.Limits.SnapshotAsync(limit, new UsageSumQuery(), 0);
        Assert.Equal(42, before.Sums[0].Totals.Usage.TotalTokens);
        Assert.Equal(new CounterTotals(5, 0), before.Counts[""]);
        Assert.True(await Store.Limits.AdjustAsync(limit, "", new CounterAdjustment(0, 0, 7, 0)));
        Assert.True(await Store.Limits.AdjustAsync(limit, "new", new CounterAdjustment(0, 0, 9, 0)));
        var after = await Store.Limits.SnapshotAsync(limit, new UsageSumQuery(), 0);
        Assert.Equal((new CounterTotals(12, 7), new CounterTotals(9, 9)), (after.Counts[""], after.Counts["new"]));
        Assert.Equal([12, 9], (await Store.Limits.ReadAsync([limit])).Select(static count => (long)count.Used));
    }

    /// <summary>A deleted limit leaves nothing, and a new one with its name starts from zero.</summary>
    [Fact]
    public async Task A_forgotten_limit_leaves_nothing()
    {
        var (limit, kept, gate) = (CreateLimit(10), CreateLimit(10, id: "kept"), CreateHolder());
        await Store.Limits.ExchangeAsync(gate, [Need(limit, 8), Need(kept, 8)]);
        await Store.BookAsync([Booking(gate, limit, 5), Booking(gate, kept, 5)]);
        await Store.Limits.DeleteAsync(["limit", "unknown"]);
        Assert.Equal((0, 0), ((await CountAsync(limit)).Used, (await CountAsync(limit)).Granted));
        Assert.Equal((5, 3), ((await CountAsync(kept)).Used, (await CountAsync(kept)).Granted));
        await ExchangeAsync(gate, new(limit, "", 0, 3, 10, 10, 0));
        Assert.Equal(0, (await CountAsync(limit)).Remaining);
    }

    /// <summary>Operators see the holders, what they hold, and when their leases expire.</summary>
    [Fact]
    public async Task Holders_are_listed_with_what_they_hold()
    {
        var (one, other) = (CreateLimit(100), CreateLimit(100, Year, id: "other"));
        var (gate, idle) = (CreateHolder("host/1"), CreateHolder("host/2"));
        var answer = await Store.Limits.ExchangeAsync(gate, [Need(one, 8), Need(other, 9, "ann")]);
        await Store.Limits.ExchangeAsync(idle, [Need(one, 5)]);
        await ExchangeAsync(idle, GiveBack(one, 5));

        var holders = (await Store.Limits.ListHoldersAsync()).ToDictionary(static holder => holder.Id);
        Assert.Equal(2, holders.Count);
        Assert.Equal("host/1", holders[gate.Id].Name);
        Assert.Equal(
            [("limit", "", 8), ("other", "ann", 9)],
            holders[gate.Id].Leases.Select(static grant => (grant.Limit, grant.Target, (long)grant.Held))
        );
        Assert.Equal(answer.Now.ToTime() + gate.LeaseDuration, holders[gate.Id].LeaseExpiresAt);
        Assert.Empty(holders[idle.Id].Leases);
    }

    /// <summary>The quota that a dead gateway held becomes available, and it is no longer a holder.</summary>
    [Fact]
    public async Task A_released_holder_holds_nothing()
    {
        var (limit, gate, other) = (CreateLimit(10), CreateHolder(), CreateHolder());
        await ExchangeAsync(gate, Need(limit, 6));
        await ExchangeAsync(other, Need(limit, 3));
        await Store.Limits.ReleaseAsync(gate.Id);
        await Store.Limits.ReleaseAsync(gate.Id);
        Assert.Equal(other.Id, Assert.Single(await Store.Limits.ListHoldersAsync()).Id);
        Assert.Equal((3, 7), ((await CountAsync(limit)).Granted, (await CountAsync(limit)).Remaining));
    }
}

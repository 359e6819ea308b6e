using Tollgate.Accounting.Limits;
using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.Stores;
using Tollgate.Metering.Limits;
using Xunit;

namespace Tollgate.Accounting.Testing;

public abstract partial class LimitStoreCompliance
{
    /// <summary>The rule of <see cref="ILimitStore"/>, checked by a continuous reader.</summary>
    [Fact]
    public async Task Counted_and_granted_together_are_never_more_than_the_limit()
    {
        const int exchangers = 8;
        var (limit, other) = (CreateLimit(2000), await OpenAsync());
        var spending = Task.WhenAll(
            Enumerable
                .Range(0, exchangers)
                .Select(index =>
                    Task.Run(() => SpendAllAsync(index % 2 == 0 ? Store : other, limit, new Random(index)))
                )
        );
        while (!spending.IsCompleted)
        {
            var seen = await CountAsync(limit);
            Assert.InRange(seen.Used + seen.Granted, 0, 2000);
            Assert.Equal(2000, seen.Used + seen.Granted + seen.Remaining);
        }

        var spent = (await spending).Sum();
        var count = await CountAsync(limit);
        Assert.Equal((spent, 0), ((long)count.Used, (long)count.Granted));
        Assert.InRange(spent, 1990, 2000);
    }

    /// <summary>
    /// Recording and charging are atomic: a reader never sees the amount of a record in both the count and the lease,
    /// or in neither.
    /// </summary>
    [Fact]
    public async Task No_reader_sees_half_of_a_booking()
    {
        var (limit, gate) = (CreateLimit(300), CreateHolder());
        await ExchangeAsync(gate, Need(limit, 300));
        var booking = Task.Run(async () =>
        {
            for (var i = 0; i < 60; i++)
                await Store.BookAsync([.. Enumerable.Range(0, 5).Select(_ => Booking(gate, limit, 1))]);
        });
        while (!booking.IsCompleted)
        {
            var seen = await CountAsync(limit);
            Assert.Equal(300, seen.Used + seen.Granted);
        }

        await booking;
        Assert.Equal(300, (await CountAsync(limit)).Used);
    }

    /// <summary>Gateways with the same limits in a different order wait for one another, and never forever.</summary>
    [Fact]
    public async Task Avoids_deadlocks_between_instances_with_shared_counters()
    {
        var limits = Enumerable.Range(0, 12).Select(index => CreateLimit(1_000_000, id: $"limit-{index}")).ToArray();
        LimitedStore[] stores = [Store, await OpenAsync()];
        await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(index => Task.Run(() => ShuffleAsync(stores[index % 2], limits, new Random(index))))
        );
        Assert.All(
            await Store.Limits.ReadAsync(limits),
            static count => Assert.Equal((6 * 15 * 3, 0), ((long)count.Used, (long)count.Granted))
        );
    }

    private static async Task ShuffleAsync(LimitedStore store, Limit[] limits, Random random)
    {
        var gate = CreateHolder();
        for (var round = 0; round < 15; round++)
        {
            var mine = limits.ToArray();
            random.Shuffle(mine);
            await store.Limits.ExchangeAsync(gate, [.. mine.Select(static limit => Need(limit, 3))]);
            random.Shuffle(mine);
            var charges = mine.Select(static limit => new ChargedLimit(limit.Id, "", limit.Metric, 0, 0)).ToArray();
            await Task.WhenAll(
                store.BookAsync([Booking(gate, 1, charges), Booking(gate, 1, charges)]),
                store.BookAsync([Booking(gate, 1, charges)])
            );
        }
    }

    /// <summary>
    /// Spends until nothing is left, returns quota from time to time, and returns the total of what it recorded.
    /// </summary>
    private static async Task<long> SpendAllAsync(LimitedStore store, Limit limit, Random random)
    {
        var (gate, spent, held) = (CreateHolder(), 0L, 0L);
        while (true)
        {
            var state = (
                await store.Limits.ExchangeAsync(
                    gate,
                    [new LeaseRequest(limit, "", 0, 0, random.Next(1, 30), 1, random.Next(20))]
                )
            ).States[0];
            if (state.Granted == 0)
                break;
            held += (long)state.Granted;
            var (use, back) = (random.NextInt64(1, held + 1), 0L);
            await store.BookAsync([Booking(gate, limit, use)]);
            held -= use;
            if (random.Next(2) == 0)
                back = random.NextInt64(held + 1);
            await store.Limits.ExchangeAsync(gate, [GiveBack(limit, back)]);
            (spent, held) = (spent + use, held - back);
        }

        if (held > 0)
            await store.BookAsync([Booking(gate, limit, held)]);
        return spent + held;
    }
}

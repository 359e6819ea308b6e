using Tollgate.Accounting.Limits.Leases;
using Xunit;

namespace Tollgate.Accounting.Testing;

public abstract partial class LimitStoreCompliance
{
    /// <summary>The limit itself is allowed, and not more.</summary>
    [Fact]
    public async Task Grants_up_to_the_limit_and_not_one_more()
    {
        var (limit, gate) = (LimitOf(10), NewHolder());
        Assert.Equal(10, await GrantedAsync(gate, Need(limit, 10)));
        Assert.Equal(0, await GrantedAsync(gate, Need(limit, 1)));
        var count = await CountAsync(limit);
        Assert.Equal((0, 10, 0), (count.Used, count.Granted, count.Rest));
    }

    /// <summary>Rule of <see cref="GrantOrder.Smallest"/>.</summary>
    [Fact]
    public async Task Grants_nothing_where_it_would_serve_nobody()
    {
        var (limit, gate) = (LimitOf(10), NewHolder());
        Assert.Equal(6, await GrantedAsync(gate, Need(limit, 6)));
        Assert.Equal(0, await GrantedAsync(gate, new GrantOrder(limit, "", 0, 0, 9, 5, 0)));
        Assert.Equal(4, await GrantedAsync(gate, new GrantOrder(limit, "", 0, 0, 9, 4, 0)));
    }

    /// <summary>Rule of <see cref="GrantOrder.Extra"/>.</summary>
    [Fact]
    public async Task Grants_for_calls_to_come_are_a_small_part_of_the_rest()
    {
        var (limit, gate) = (LimitOf(1000), NewHolder());
        var granted = await GrantedAsync(gate, new GrantOrder(limit, "", 0, 0, 10, 10, 5000));
        Assert.InRange(granted, 11, 110);
    }

    /// <summary>Returned quota is available to other holders.</summary>
    [Fact]
    public async Task What_is_given_back_is_there_again()
    {
        var (limit, one, other) = (LimitOf(10), NewHolder(), NewHolder());
        await ExchangeAsync(one, Need(limit, 10));
        var state = await ExchangeAsync(one, GiveBack(limit, 7));
        Assert.Equal((0, 3), (state.Granted, state.Given));
        Assert.Equal(7, await GrantedAsync(other, Need(limit, 7)));
        Assert.Equal(0, await GrantedAsync(other, Need(limit, 1)));
    }

    /// <summary>A gateway with a wrong view of its lease must not make room for others.</summary>
    [Fact]
    public async Task What_is_not_held_cannot_be_given_back()
    {
        var (limit, one, other) = (LimitOf(10), NewHolder(), NewHolder());
        await ExchangeAsync(one, Need(limit, 10));
        await ExchangeAsync(other, GiveBack(limit, 5));
        await ExchangeAsync(one, GiveBack(limit, 12));
        var count = await CountAsync(limit);
        Assert.Equal((0, 10), (count.Granted, count.Rest));
    }

    /// <summary>Several requests for one counter in one exchange do not each get the remainder.</summary>
    [Fact]
    public async Task Orders_of_one_exchange_find_what_the_ones_before_left()
    {
        var (limit, other, gate) = (LimitOf(10), LimitOf(5, id: "other"), NewHolder());
        var answer = await Store.Limits.ExchangeAsync(
            gate,
            [Need(limit, 6), Need(other, 5), Need(limit, 6), Need(limit, 4)]
        );
        Assert.Equal([6, 5, 0, 4], answer.States.Select(static state => state.Granted));
        Assert.Equal(10, answer.States[3].Given);
        Assert.Equal(["limit", "other", "limit", "limit"], answer.States.Select(static state => state.Count.Id));
    }

    /// <summary>Limits and targets are counted separately, whatever their names are.</summary>
    [Fact]
    public async Task Each_target_has_a_count_of_its_own()
    {
        var (limit, gate) = (LimitOf(10), NewHolder());
        string[] targets = ["ann", "Ann", "ann ", "ünïcødé 👩", "a\nb", "'; DROP TABLE limit_grants --"];
        foreach (var target in targets)
            Assert.Equal(10, await GrantedAsync(gate, Need(limit, 10, target)));
        foreach (var target in targets)
            Assert.Equal(0, await GrantedAsync(gate, Need(limit, 1, target)));
        Assert.Equal(
            targets.Order(StringComparer.Ordinal),
            (await Store.Limits.ReadAsync([limit])).Select(static count => count.Target).Order(StringComparer.Ordinal)
        );
    }

    /// <summary>Rule of <see cref="GrantOrder.Forced"/>.</summary>
    [Fact]
    public async Task What_is_spent_already_is_granted_beyond_the_limit_and_before_all_else()
    {
        var (limit, gate) = (LimitOf(10), NewHolder());
        Assert.Equal(7, await GrantedAsync(gate, new GrantOrder(limit, "", 0, 0, 4, 4, 0, Forced: 7)));
        Assert.Equal(8, await GrantedAsync(gate, new GrantOrder(limit, "", 0, 0, 4, 1, 0, Forced: 8)));
        Assert.Equal(-5, (await CountAsync(limit)).Rest);
        Assert.Equal(0, await GrantedAsync(gate, Need(limit, 1)));
    }

    /// <summary>Without an amount everything is granted; amounts beyond 64 bits are exact.</summary>
    [Fact]
    public async Task Amounts_are_exact_however_large_they_are()
    {
        var most = Int128.Parse("9000000000000000000000001", null);
        var (limit, gate) = (LimitOf(most), NewHolder());
        Assert.Equal(most, await GrantedAsync(gate, Need(limit, most)));
        Assert.Equal(most, (await CountAsync(limit)).Granted);
        Assert.Equal(1, (await ExchangeAsync(gate, GiveBack(limit, most - 1))).Given);
        Assert.Equal(1, (await CountAsync(limit)).Granted);
        Assert.Equal(7, await GrantedAsync(gate, Need(LimitOf(null, id: "open"), 7)));
    }

    /// <summary>Rules of <see cref="GrantState.Given"/> and <see cref="GrantAnswer.IsNewHolder"/>.</summary>
    [Fact]
    public async Task An_answer_tells_what_was_ever_given()
    {
        var (limit, gate) = (LimitOf(100), NewHolder());
        var first = await Store.Limits.ExchangeAsync(gate, [Need(limit, 10)]);
        Assert.Equal((true, true, 10), (first.IsNewHolder, first.States[0].IsNew, first.States[0].Given));
        await Store.BookAsync([Booking(gate, limit, 4)]);
        var second = await Store.Limits.ExchangeAsync(gate, [GiveBack(limit, 5)]);
        Assert.Equal((false, false, 5), (second.IsNewHolder, second.States[0].IsNew, second.States[0].Given));
        await Store.Limits.ReleaseAsync(gate.Id);
        var third = await Store.Limits.ExchangeAsync(gate, [Need(limit, 3)]);
        Assert.Equal((true, true, 3), (third.IsNewHolder, third.States[0].IsNew, third.States[0].Given));
    }

    /// <summary>The time in a response is the store's, and never goes backwards.</summary>
    [Fact]
    public async Task The_stores_clock_names_the_time()
    {
        var gate = NewHolder();
        var first = await Store.Limits.ExchangeAsync(gate, [Need(LimitOf(10), 1)]);
        var second = await Store.Limits.ExchangeAsync(gate, [Need(LimitOf(10), 1)]);
        Assert.InRange(second.Now - first.Now, 0, 60_000_000);
    }
}

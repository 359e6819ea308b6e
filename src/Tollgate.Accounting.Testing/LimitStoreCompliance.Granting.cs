using Tollgate.Accounting.Limits.Leases;
using Xunit;

namespace Tollgate.Accounting.Testing;

public abstract partial class LimitStoreCompliance
{
    /// <summary>The limit itself is allowed, and not more.</summary>
    [Fact]
    public async Task Grants_up_to_the_limit_and_not_one_more()
    {
        var (limit, gate) = (CreateLimit(10), CreateHolder());
        Assert.Equal(10, await GrantedAsync(gate, Need(limit, 10)));
        Assert.Equal(0, await GrantedAsync(gate, Need(limit, 1)));
        var count = await CountAsync(limit);
        Assert.Equal((0, 10, 0), (count.Used, count.Granted, count.Remaining));
    }

    /// <summary>Rule of <see cref="LeaseRequest.MinNeed"/>.</summary>
    [Fact]
    public async Task Grants_nothing_when_no_waiting_call_would_fit()
    {
        var (limit, gate) = (CreateLimit(10), CreateHolder());
        Assert.Equal(6, await GrantedAsync(gate, Need(limit, 6)));
        Assert.Equal(0, await GrantedAsync(gate, new LeaseRequest(limit, "", 0, 0, 9, 5, 0)));
        Assert.Equal(4, await GrantedAsync(gate, new LeaseRequest(limit, "", 0, 0, 9, 4, 0)));
    }

    /// <summary>Rule of <see cref="LeaseRequest.Extra"/>.</summary>
    [Fact]
    public async Task Grants_for_calls_to_come_are_a_small_part_of_the_rest()
    {
        var (limit, gate) = (CreateLimit(1000), CreateHolder());
        var granted = await GrantedAsync(gate, new LeaseRequest(limit, "", 0, 0, 10, 10, 5000));
        Assert.InRange(granted, 11, 110);
    }

    /// <summary>Returned quota is available to other holders.</summary>
    [Fact]
    public async Task Makes_returned_quota_available_again()
    {
        var (limit, one, other) = (CreateLimit(10), CreateHolder(), CreateHolder());
        await ExchangeAsync(one, Need(limit, 10));
        var state = await ExchangeAsync(one, GiveBack(limit, 7));
        Assert.Equal((0, 3), (state.Granted, state.TotalLeased));
        Assert.Equal(7, await GrantedAsync(other, Need(limit, 7)));
        Assert.Equal(0, await GrantedAsync(other, Need(limit, 1)));
    }

    /// <summary>A gateway with a wrong view of its lease must not make room for others.</summary>
    [Fact]
    public async Task Rejects_the_return_of_quota_that_is_not_held()
    {
        var (limit, one, other) = (CreateLimit(10), CreateHolder(), CreateHolder());
        await ExchangeAsync(one, Need(limit, 10));
        await ExchangeAsync(other, GiveBack(limit, 5));
        await ExchangeAsync(one, GiveBack(limit, 12));
        var count = await CountAsync(limit);
        Assert.Equal((0, 10), (count.Granted, count.Remaining));
    }

    /// <summary>Several requests for one counter in one exchange do not each get the remainder.</summary>
    [Fact]
    public async Task Orders_of_one_exchange_find_what_the_ones_before_left()
    {
        var (limit, other, gate) = (CreateLimit(10), CreateLimit(5, id: "other"), CreateHolder());
        var answer = await Store.Limits.ExchangeAsync(
            gate,
            [Need(limit, 6), Need(other, 5), Need(limit, 6), Need(limit, 4)]
        );
        Assert.Equal([6, 5, 0, 4], answer.States.Select(static state => state.Granted));
        Assert.Equal(10, answer.States[3].TotalLeased);
        Assert.Equal(["limit", "other", "limit", "limit"], answer.States.Select(static state => state.Count.Id));
    }

    /// <summary>Limits and targets are counted separately, whatever their names are.</summary>
    [Fact]
    public async Task Each_target_has_a_count_of_its_own()
    {
        var (limit, gate) = (CreateLimit(10), CreateHolder());
        string[] targets = ["ann", "Ann", "ann ", "ünïcødé 👩", "a\nb", "'; DROP TABLE limit_leases --"];
        foreach (var target in targets)
            Assert.Equal(10, await GrantedAsync(gate, Need(limit, 10, target)));
        foreach (var target in targets)
            Assert.Equal(0, await GrantedAsync(gate, Need(limit, 1, target)));
        Assert.Equal(
            targets.Order(StringComparer.Ordinal),
            (await Store.Limits.ReadAsync([limit])).Select(static count => count.Target).Order(StringComparer.Ordinal)
        );
    }

    /// <summary>Rule of <see cref="LeaseRequest.Overdraft"/>.</summary>
    [Fact]
    public async Task Grants_an_overdraft_beyond_the_limit_first()
    {
        var (limit, gate) = (CreateLimit(10), CreateHolder());
        Assert.Equal(7, await GrantedAsync(gate, new LeaseRequest(limit, "", 0, 0, 4, 4, 0, Overdraft: 7)));
        Assert.Equal(8, await GrantedAsync(gate, new LeaseRequest(limit, "", 0, 0, 4, 1, 0, Overdraft: 8)));
        Assert.Equal(-5, (await CountAsync(limit)).Remaining);
        Assert.Equal(0, await GrantedAsync(gate, Need(limit, 1)));
    }

    /// <summary>Without an amount everything is granted; amounts beyond 64 bits are exact.</summary>
    [Fact]
    public async Task Amounts_are_exact_however_large_they_are()
    {
        var most = Int128.Parse("9000000000000000000000001", null);
        var (limit, gate) = (CreateLimit(most), CreateHolder());
        Assert.Equal(most, await GrantedAsync(gate, Need(limit, most)));
        Assert.Equal(most, (await CountAsync(limit)).Granted);
        Assert.Equal(1, (await ExchangeAsync(gate, GiveBack(limit, most - 1))).TotalLeased);
        Assert.Equal(1, (await CountAsync(limit)).Granted);
        Assert.Equal(7, await GrantedAsync(gate, Need(CreateLimit(null, id: "open"), 7)));
    }

    /// <summary>Rules of <see cref="LeaseState.TotalLeased"/> and <see cref="LeaseResponse.IsNewHolder"/>.</summary>
    [Fact]
    public async Task Reports_the_total_granted()
    {
        var (limit, gate) = (CreateLimit(100), CreateHolder());
        var first = await Store.Limits.ExchangeAsync(gate, [Need(limit, 10)]);
        Assert.Equal((true, true, 10), (first.IsNewHolder, first.States[0].IsNew, first.States[0].TotalLeased));
        await Store.BookAsync([Booking(gate, limit, 4)]);
        var second = await Store.Limits.ExchangeAsync(gate, [GiveBack(limit, 5)]);
        Assert.Equal((false, false, 5), (second.IsNewHolder, second.States[0].IsNew, second.States[0].TotalLeased));
        await Store.Limits.ReleaseAsync(gate.Id);
        var third = await Store.Limits.ExchangeAsync(gate, [Need(limit, 3)]);
        Assert.Equal((true, true, 3), (third.IsNewHolder, third.States[0].IsNew, third.States[0].TotalLeased));
    }

    /// <summary>The time in a response is the store's, and never goes backwards.</summary>
    [Fact]
    public async Task Uses_the_clock_of_the_store()
    {
        var gate = CreateHolder();
        var first = await Store.Limits.ExchangeAsync(gate, [Need(CreateLimit(10), 1)]);
        var second = await Store.Limits.ExchangeAsync(gate, [Need(CreateLimit(10), 1)]);
        Assert.InRange(second.Now - first.Now, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }
}

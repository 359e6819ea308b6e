using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Limits;

namespace Tollgate.Accounting.Tests.Limits;

public sealed class BudgetTests : AdmissionFixture
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Many_callers_never_overspend_a_budget_and_leave_less_than_one_call(int gates)
    {
        const decimal most = 0.10m;
        var budget = Budget(10);
        var all = new List<Gate>();
        for (var index = 0; index < gates; index++)
            all.Add(await GateAsync(budget));

        await Task.WhenAll(
            Enumerable
                .Range(0, 64)
                .Select(caller => Task.Run(() => SpendAsync(all[caller % gates], new Random(caller), most)))
        );
        // While calls were under way, what they had reserved and did not spend was nobody's: once more, in turn.
        for (var round = 0; round < 3; round++)
            foreach (var gate in all)
                await SettleDownAsync(all, () => SpendAsync(gate, new Random(round), most));

        var spent = (await all[0].Ledger.Query.TotalsAsync(UsagePeriod.All)).Cost.Usd;
        spent.ShouldBeLessThanOrEqualTo(10m);
        (10m - spent).ShouldBeLessThan(most);
        (await UsedAsync(all[0].Ledger, budget)).ShouldBe(
            LimitAmount.FromUsd(spent),
            "the counter is what the ledger says"
        );
        foreach (var gate in all)
            await gate.DisposeAsync();
    }

    [Fact]
    public async Task Equality_is_allowed_and_one_pico_dollar_more_is_not()
    {
        await using var gate = await GateAsync(Budget(1));

        var first = await gate.ReserveAsync(Bound(0.4m));
        await gate.BookAsync(first, Bound(0.4m));
        (await gate.RefusedAsync(Bound(0.600000000001m))).Kind.ShouldBe(RefusalKind.Exhausted);
        await gate.BookAsync(await gate.ReserveAsync(Bound(0.6m)), Bound(0.6m));

        var refusal = await gate.RefusedAsync(Bound(0.000000000001m));
        (refusal.Used, refusal.Reserved, refusal.RetryAfter).ShouldBe((LimitAmount.FromUsd(1), 0, null));
    }

    private static async Task SpendAsync(Gate gate, Random random, decimal most)
    {
        while (true)
        {
            var answer = await gate.Controller.ReserveAsync(Ann, Bound(most));
            if (answer.Reservation is not { } reservation)
                return;
            var actual = Math.Round(most * (decimal)random.NextDouble(), 9);
            await gate.BookAsync(reservation, Bound(actual));
        }
    }

    /// <summary>Lets every gate give back what it does not need, then goes on.</summary>
    private async Task SettleDownAsync(IReadOnlyList<Gate> gates, Func<Task> then)
    {
        Time.Advance(TimeSpan.FromSeconds(10));
        foreach (var gate in gates)
            await gate.Controller.RenewAsync();
        await then();
    }
}

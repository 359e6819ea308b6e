using System.Net;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Usage;
using Tollgate.Testing;
using Tollgate.Testing.Gateways;
using Tollgate.Tests.Servers;

namespace Tollgate.Tests.Limits;

/// <summary>
/// Several gates on one PostgreSQL keep their limits together, by the provider's own bill. TOLLGATE_LONG=1 kills more
/// often.
/// </summary>
[Trait("Needs", "Server")]
public sealed class SharedLimitTests(SharedPostgreSqlServer shared) : IClassFixture<SharedPostgreSqlServer>
{
    private const int Clients = 64;

    private const int CallsBetweenKills = 250;

    private static readonly int Kills = Environment.GetEnvironmentVariable("TOLLGATE_LONG") == "1" ? 20 : 4;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    public async Task Gateways_together_spend_ten_dollars_and_not_a_cent_more(int count)
    {
        // gpt-4o: at most 3,000 output tokens of 10 dollars a million, and input below 400 bytes.
        const decimal mostOfOne = 0.032m;
        await using var gates = await GatewayFleet.StartAsync(shared.Server, count, "total_cost=10");

        await Task.WhenAll(
            Enumerable.Range(0, Clients).Select(client => SpendAsync(gates, client % count, new Random(client), 3000))
        );
        await SpendTheRestAsync(gates, 3000);

        var bill = await gates.BillAsync();
        bill.ShouldBeLessThanOrEqualTo(10m);
        (10m - bill).ShouldBeLessThan(mostOfOne);
        (await gates.BookedAsync()).ShouldBe(bill);
        (await gates.CountAsync()).Used.ShouldBe(LimitAmount.FromUsd(bill));
    }

    [Fact]
    public async Task Repeatedly_killed_gateways_do_not_overspend_and_account_for_every_call()
    {
        const decimal mostOfOne = 0.0035m;
        await using var gates = await GatewayFleet.StartAsync(shared.Server, 3, "total_cost=10");
        using var enough = new CancellationTokenSource();

        var spending = Task.WhenAll(
            Enumerable
                .Range(0, Clients)
                .Select(client => SpendAsync(gates, client % 3, new Random(client), 300, "ttft=100ms", enough.Token))
        );
        var killed = 0;
        for (; killed < Kills && !spending.IsCompleted; killed++)
        {
            var next = gates.CallsSent + CallsBetweenKills;
            await Eventually.BecomesTrueAsync(() => spending.IsCompleted || gates.CallsSent >= next);
            await gates.KillAndRestartAsync(killed % 3);
        }

        killed.ShouldBeGreaterThan(1, "of gates that spend");

        await spending;
        await SpendTheRestAsync(gates, 300);

        var bill = await gates.BillAsync();
        var lines = await ProviderBill.ReadAsync(gates.Provider.BaseAddress);
        var records = await gates.RecordsAsync();
        bill.ShouldBeLessThanOrEqualTo(10m);
        foreach (var line in lines)
            records[line.ScriptId]
                .Count(record => record.UsageSource != UsageSource.Missing)
                .ShouldBe(1, $"{line.ScriptId} was billed, {line.State}.");
        var booked = await gates.BookedAsync();
        booked.ShouldBeInRange(
            bill,
            10m,
            "what a dead gate had under way is booked at the most that was reserved for it"
        );
        (10m - booked).ShouldBeLessThan(mostOfOne);
        (await gates.CountAsync()).Used.ShouldBe(LimitAmount.FromUsd(booked));
    }

    [Theory]
    [InlineData("yearly_requests=10")]
    [InlineData("yearly_output_tokens=1000")]
    [InlineData("hourly_rolling_output_tokens=1000")]
    public async Task Three_gateways_admit_no_more_calls_than_the_limit_although_one_is_killed(string limit)
    {
        await using var gates = await GatewayFleet.StartAsync(shared.Server, 3, limit);

        var calls = Enumerable
            .Range(0, Clients)
            .Select(client => gates.CallAsync(client % 3, "output=100 ttft=300ms", 100))
            .ToList();
        await Task.WhenAny(calls); // A refusal, so that others are under way.
        await gates.KillAndRestartAsync(0);
        var passed = (await Task.WhenAll(calls)).Count(status => status == HttpStatusCode.OK);
        // A gate may hold a little for calls to come, so that only a refusal with nothing held is one of the limit
        // itself.
        await gates.SettleAsync();
        for (var call = 0; await gates.CallAsync(call % 3, "output=100", 100) == HttpStatusCode.OK; call++)
        {
            passed++;
            await gates.SettleAsync();
        }

        passed.ShouldBeLessThanOrEqualTo(10);
        var lines = await ProviderBill.ReadAsync(gates.Provider.BaseAddress);
        lines.Count.ShouldBeInRange(passed, 10);
        await gates.SettleAsync();
        var count = await gates.CountAsync();
        count.Remaining.ShouldBe(0, "all ten were used, or booked at their upper bound for the gate that died");
    }

    [Fact]
    public async Task Concurrent_calls_stay_within_the_limit_and_those_of_a_dead_gateway_are_freed()
    {
        await using var gates = await GatewayFleet.StartAsync(shared.Server, 3, "concurrent_requests=5");

        var passed = new List<HttpResponseMessage>();
        foreach (
            var call in Enumerable
                .Range(0, 30)
                .Select(client => gates.SendUntilDecidedAsync(client % 3, "output=5 hang=60s", 10))
                .ToList()
        )
        {
            var answer = await call;
            if (answer.StatusCode == HttpStatusCode.OK)
                passed.Add(answer);
            else
                answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        }

        passed.Count.ShouldBeInRange(1, 5);
        for (var gate = 0; gate < 3; gate++)
            await gates.KillAndRestartAsync(gate);
        await gates.SettleAsync();
        var again = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(_ => gates.SendUntilDecidedAsync(0, "output=5 hang=60s", 10))
        );
        again.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK);
        (await gates.CallAsync(1, "output=5", 10)).ShouldBe(HttpStatusCode.TooManyRequests);
        foreach (var answer in passed.Concat(again))
            answer.Dispose();
    }

    [Fact]
    public async Task Leases_of_a_killed_gateway_are_available_again_after_an_operator_releases_them()
    {
        await using var gates = await GatewayFleet.StartAsync(shared.Server, 2, "yearly_requests=10");
        var running = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => gates.SendUntilDecidedAsync(0, "output=5 hang=60s", 10))
        );
        running.ShouldAllBe(static answer => answer.StatusCode == HttpStatusCode.OK);
        (await gates.CallAsync(1, "output=5", 10)).ShouldBe(HttpStatusCode.TooManyRequests);
        gates.Kill(0);
        var dead = (await gates.Store.Limits.ListHoldersAsync()).Single(static holder => holder.Leases.Count > 0);

        // Its lease may not be over: it could still live.
        var (early, why) = await gates.RunAsync("limits", "release", dead.Id.ToString(), "-y");
        (early, why).ShouldSatisfyAllConditions(
            run => run.early.ShouldBe(1),
            run => run.why.ShouldContain("renews its lease")
        );
        (await gates.CallAsync(1, "output=5", 10)).ShouldBe(HttpStatusCode.TooManyRequests);

        await gates.EndLeaseAsync(dead.Id); // Instead of half a minute's wait.
        var (code, says) = await gates.RunAsync("limits", "release", "-y");
        (code, says).ShouldSatisfyAllConditions(
            run => run.code.ShouldBe(0, run.says),
            run => run.says.ShouldContain(": 10 of requests_per_year"),
            run => run.says.ShouldContain("Released the leases of 1 holder.")
        );
        (await gates.CallAsync(1, "output=5", 10)).ShouldBe(HttpStatusCode.OK);

        // It comes back after all: what it had under way is booked, and counts.
        await gates.StartAsync(0);
        await gates.SettleAsync();
        await Eventually.BecomesTrueAsync(async () => (await gates.CountAsync()).Used >= 11);
        (await gates.CallAsync(1, "output=5", 10)).ShouldBe(HttpStatusCode.TooManyRequests);
        foreach (var answer in running)
            answer.Dispose();
    }

    /// <summary>Calls a gate until it refuses; a call that a kill cut is followed by the next one.</summary>
    private static async Task SpendAsync(
        GatewayFleet gates,
        int gate,
        Random random,
        int most,
        string script = "",
        CancellationToken stop = default
    )
    {
        while (!stop.IsCancellationRequested)
        {
            var status = await gates.CallAsync(
                gate,
                $"output={random.Next(most)} {script}",
                most,
                stream: random.Next(2) == 0
            );
            if (status == HttpStatusCode.TooManyRequests)
                return;
            if (status is null)
                await Task.Delay(100, stop); // A client whose gateway is being started again pauses like this.
            else
                status.ShouldBe(HttpStatusCode.OK, gates.LastUnavailable);
        }
    }

    /// <summary>
    /// While calls were under way, what they had reserved and did not spend was nobody's: once more, when all is given
    /// back.
    /// </summary>
    private static async Task SpendTheRestAsync(GatewayFleet gates, int most)
    {
        for (var gate = 0; gate < gates.Count; gate++)
        {
            await gates.SettleAsync();
            await SpendAsync(gates, gate, new Random(gate), most);
        }

        await gates.SettleAsync();
    }
}

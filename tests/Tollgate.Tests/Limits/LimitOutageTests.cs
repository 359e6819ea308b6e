using System.Net;
using Tollgate.Accounting.PostgreSql.Tests;
using Tollgate.Testing;
using Tollgate.Testing.Gateways;

namespace Tollgate.Tests.Limits;

/// <summary>A server that stops while gates serve. The class has it alone.</summary>
[Trait("Needs", "Server")]
public sealed class LimitOutageTests(PostgreSqlServer server) : IClassFixture<PostgreSqlServer>
{
    [Fact]
    public async Task While_the_counters_are_away_what_is_granted_is_used_up_and_only_limited_calls_are_refused()
    {
        await using var gates = await GatewayFleet.StartAsync(
            server,
            2,
            new ConfiguredLimit("yearly_requests=1000", "gpt-4o")
        );
        for (var gate = 0; gate < 2; gate++)
            (await gates.CallAsync(gate, "output=1", 10)).ShouldBe(HttpStatusCode.OK);
        await server.StopAsync();

        var passed = 0;
        while (await gates.CallAsync(0, "output=1", 10) == HttpStatusCode.OK)
            passed++;
        passed.ShouldBeLessThan(1000);
        using (var refused = await gates.SendAsync(0, "output=1", 10))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            refused.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
            (await refused.Content.ReadAsStringAsync()).ShouldContain("limits_unavailable");
        }

        (await gates.CallAsync(0, "output=1", 10, model: "gpt-4o-mini")).ShouldBe(
            HttpStatusCode.OK,
            "no limit concerns it"
        );
        await server.StartAsync();
        await Eventually.BecomesTrueAsync(async () => await gates.CallAsync(0, "output=1", 10) == HttpStatusCode.OK);
        (await gates.CallAsync(1, "output=1", 10)).ShouldBe(HttpStatusCode.OK);

        await gates.SettleAsync();
        await Eventually.BecomesTrueAsync(async () => (await gates.RecordsAsync()).Count == passed + 5);
        (await gates.CountAsync()).Used.ShouldBe(passed + 4);
    }
}

using System.Net;
using System.Text.Json;
using Tollgate.Accounting.PostgreSql.Tests;
using Tollgate.Tests.Delivery.Alerts;

namespace Tollgate.Tests.Limits;

/// <summary>
/// A counter that somebody has falsified is found by the gates, which lay it beside the ledger each minute.
/// </summary>
public sealed class DriftAlertTests(PostgreSqlServer server) : IClassFixture<PostgreSqlServer>
{
    [Fact]
    public async Task Two_gateways_that_find_a_falsified_counter_report_it_once()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var alerts = $$"""
            alerts:
              webhooks:
                ops: {url: "{{receiver.Url}}", secret: whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=}
            """;
        await using var gates = await SharedGates.StartWithAsync(server, 2, alerts, "yearly_requests=1000");
        for (var call = 0; call < 5; call++)
            (await gates.CallAsync(call % 2, "output=1", 10)).ShouldBe(HttpStatusCode.OK);
        await gates.SettleAsync();
        (await gates.CountAsync()).Used.ShouldBe(5);

        await gates.ExecuteAsync("UPDATE limit_counts SET used = used + 7");
        // Up to a minute: the gates began at different moments, and each looks at its own.
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (!Enumerable.Range(0, 2).All(gate => gates.OutputOf(gate).Contains("ahead of the ledger's 5")))
            await Task.Delay(100, timeout.Token);
        while (receiver.Taken.IsEmpty)
            await Task.Delay(20, timeout.Token);
        // A gate that ends puts on record what it has noticed last.
        for (var gate = 0; gate < 2; gate++)
            (await gates.TerminateAsync(gate)).ShouldBe(0);

        (await gates.Store.Alerts.ListAsync(100)).ShouldHaveSingleItem();
        var message = JsonDocument.Parse(receiver.Taken.ShouldHaveSingleItem().Body).RootElement;
        message.GetProperty("type").GetString().ShouldBe("alert.drift");
        message
            .GetProperty("data")
            .GetProperty("text")
            .GetString()
            .ShouldBe("The counter of the limit 'requests_per_year' is 12, but the ledger has 5.");
        (await gates.CountAsync()).Used.ShouldBe(
            12,
            "a counter that is ahead is left so: lowering it could let through what was spent"
        );
    }
}

using System.Net;
using System.Text.Json;
using Tollgate.Accounting.PostgreSql.Tests;
using Tollgate.Testing;
using Tollgate.Testing.Gateways;
using Tollgate.Tests.Delivery.Alerts;

namespace Tollgate.Tests.Limits;

/// <summary>
/// Records that wait for a server that is away. Whoever could end that is told while it lasts. The class has its server
/// alone.
/// </summary>
[Trait("Needs", "Server")]
public sealed class BacklogAlertTests(PostgreSqlServer server) : IClassFixture<PostgreSqlServer>
{
    [Fact]
    public async Task A_backlog_raises_one_alert_even_while_the_server_is_away()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var alerts = $$"""
            alerts:
              backlog_records: 2
              webhooks:
                ops: {url: "{{receiver.Url}}", secret: whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=}
            """;
        await using var gates = await GatewayFleet.StartWithSettingsAsync(server, 1, alerts);
        (await gates.CallAsync(0, "output=1", 10)).ShouldBe(HttpStatusCode.OK);
        await ArrivedAsync(gates, 1);

        await server.StopAsync();
        for (var call = 0; call < 3; call++)
            (await gates.CallAsync(0, "output=1", 10)).ShouldBe(HttpStatusCode.OK);
        await Eventually.BecomesTrueAsync(() => Task.FromResult(!receiver.Taken.IsEmpty));
        var message = JsonDocument.Parse(receiver.Taken.First().Body).RootElement;
        message.GetProperty("type").GetString().ShouldBe("alert.ledger_backlog");
        message.GetProperty("data").GetProperty("text").GetString()!.ShouldContain("3 records of the gateway");
        var (code, listed) = await gates.RunInAsync(0, "alerts", "list");
        (code, listed).ShouldSatisfyAllConditions(
            run => run.code.ShouldBe(1),
            run => run.listed.ShouldContain("ledger_backlog"),
            run => run.listed.ShouldContain("only the alerts in the data folder")
        );

        // What was told meanwhile is not told again by the server's own outbox, nor at the end.
        await server.StartAsync();
        await ArrivedAsync(gates, 4);
        (await gates.TerminateAsync(0)).ShouldBe(0);
        receiver.Taken.ShouldHaveSingleItem();
        (await gates.Store.Alerts.ListAsync(10)).ShouldBeEmpty();
    }

    private static Task ArrivedAsync(GatewayFleet gates, int records) =>
        Eventually.BecomesTrueAsync(async () =>
            await gates.BacklogAsync(0) == 0 && (await gates.RecordsAsync()).Count == records
        );
}

using System.Net;
using System.Text.Json;
using Tollgate.Accounting.PostgreSql.Ledger;
using Tollgate.Configuration.Settings;
using Tollgate.Delivery.Alerts.Channels;
using Tollgate.Demo;
using Tollgate.Gateway;
using Tollgate.Gateway.Routing;
using Tollgate.Hosting;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Text;
using Tollgate.Operations.Workspaces;
using Tollgate.SimulatedProvider;
using Tollgate.SimulatedProvider.Scripting;
using Tollgate.Testing;
using Tollgate.Testing.Gateways;
using Tollgate.Tests.Delivery.Alerts;
using Tollgate.Tests.Servers;

namespace Tollgate.Tests.Limits;

/// <summary>Gateways compare the counters of limits with the ledger every minute, and find a falsified one.</summary>
[Trait("Needs", "Server")]
public sealed class DriftAlertTests(SharedPostgreSqlServer shared) : IClassFixture<SharedPostgreSqlServer>
{
    private const string Secret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private static readonly Limit Requests = LimitText.Parse("yearly_requests=1000").ToLimit(LimitScope.Global);

    /// <summary>A clock that the test advances, so that no minute passes for real.</summary>
    private readonly ManualTimeProvider _clock = new(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task Two_gateways_that_find_a_falsified_counter_report_it_once()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        using TemporaryFolder here = new(),
            there = new();
        var database = await shared.Server.CreateDatabaseAsync();
        await using var store = new PostgreSqlLedgerStore(shared.Server.UrlTo(database));
        await using (var first = await StartAsync(here, database, provider, receiver))
        await using (var second = await StartAsync(there, database, provider, receiver))
        {
            for (var call = 0; call < 5; call++)
                (await CallAsync(call % 2 == 0 ? first : second)).ShouldBe(HttpStatusCode.OK);
            await AdvanceUntilAsync(async () =>
                (await store.SumAsync(new())).Sum(static sum => sum.Totals.Calls) == 5
                && (await store.Limits.ListHoldersAsync()).All(static holder => holder.Leases.Count == 0)
            );

            await shared.Server.ExecuteAsync(database, "UPDATE limit_counts SET used = used + 7");
            await AdvanceUntilAsync(() => Task.FromResult(!receiver.Taken.IsEmpty));
            var later = _clock.GetUtcNow().AddMinutes(2);
            await AdvanceUntilAsync(() => Task.FromResult(_clock.GetUtcNow() > later));
            // A gateway that stops stores the alerts that it has noticed last.
        }

        (await store.Alerts.ListAsync(100)).ShouldHaveSingleItem();
        var message = JsonDocument.Parse(receiver.Taken.ShouldHaveSingleItem().Body).RootElement;
        message.GetProperty("type").GetString().ShouldBe("alert.drift");
        message
            .GetProperty("data")
            .GetProperty("text")
            .GetString()
            .ShouldBe("The counter of the limit 'requests_per_year' is 12, but the ledger has 5.");
        (await store.Limits.ReadAsync([Requests]))[0]
            .Used.ShouldBe(12, "a counter that is ahead is left so: lowering it could let through what was spent");
    }

    private Task AdvanceUntilAsync(Func<Task<bool>> condition) =>
        Eventually.BecomesTrueAsync(async () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return await condition();
        });

    private static async Task<HttpStatusCode> CallAsync(GatewayHost gateway)
    {
        using var client = new GatewayClient(gateway.Addresses[0]);
        return await client.ChatStatusAsync("output=1", ""","max_tokens":10""");
    }

    private Task<GatewayHost> StartAsync(
        TemporaryFolder folder,
        string database,
        SimulatedProviderServer provider,
        WebhookReceiver receiver
    ) =>
        GatewayHost.StartAsync(
            new GatewaySettings
            {
                DataFolder = folder.Path,
                Database = shared.Server.UrlTo(database),
                Urls = ["http://127.0.0.1:0"],
                Alerts = new() { Webhooks = [new WebhookSettings("ops", receiver.Url, Secret)] },
                Gateway = new GatewayOptions
                {
                    Routing = new RoutingOptions
                    {
                        Retries = 0,
                        Providers = SimulatedDeployments.Create(provider.BaseAddress),
                    },
                },
                Limits = [new LimitSource("tollgate.yaml", [Requests])],
            },
            _clock,
            default
        );
}

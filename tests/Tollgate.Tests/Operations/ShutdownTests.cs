using System.Diagnostics;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Configuration.Settings;
using Tollgate.Demo;
using Tollgate.Gateway;
using Tollgate.Gateway.Routing;
using Tollgate.Hosting;
using Tollgate.Metering.Usage;
using Tollgate.SimulatedProvider;
using Tollgate.SimulatedProvider.Scripting;
using Tollgate.Testing;
using Tollgate.Testing.Gateways;

namespace Tollgate.Tests.Operations;

/// <summary>A gate that is stopped books what still runs at its deadline, before the ledger closes.</summary>
public class ShutdownTests
{
    [Theory]
    [InlineData(ClientDisconnectPolicy.Cancel)]
    [InlineData(ClientDisconnectPolicy.Drain)]
    public async Task A_stream_that_outlives_the_deadline_is_booked_at_what_was_received(ClientDisconnectPolicy policy)
    {
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        using var folder = new TemporaryFolder();
        var gate = await StartAsync(provider, folder, policy);
        using var client = new GatewayClient(gate.Addresses[0]);
        using var answer = await client.ChatAsync(
            "input=1000 output=400 chunks=400 rate=20",
            ""","max_tokens":4000,"stream":true"""
        );

        var stopped = Stopwatch.StartNew();
        await gate.DisposeAsync();

        stopped.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        (await BookedAsync(folder)).ShouldSatisfyAllConditions(
            record => record.ErrorType.ShouldBe("gateway_stopped"),
            record => record.Outcome.ShouldBe(CallOutcome.UpstreamCut),
            record => record.UsageSource.ShouldBe(UsageSource.Estimated),
            record => record.Usage.OutputTokens.ShouldBeInRange(1, 100)
        );
    }

    [Fact]
    public async Task A_plain_call_that_outlives_the_deadline_is_booked_at_its_upper_bound()
    {
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        using var folder = new TemporaryFolder();
        var gate = await StartAsync(provider, folder, ClientDisconnectPolicy.Cancel);
        using var client = new GatewayClient(gate.Addresses[0]);
        var answer = client.ChatAsync("input=1000 output=400 latency=30s", ""","max_tokens":4000""");
        await Eventually.BecomesTrueAsync(async () =>
            !(await client.GetStringAsync("/metrics")).Contains("tollgate_calls_in_flight 0")
        );

        await gate.DisposeAsync();

        (await BookedAsync(folder)).ShouldSatisfyAllConditions(
            record => record.ErrorType.ShouldBe("gateway_stopped"),
            record => record.Usage.OutputTokens.ShouldBe(4000)
        );
        await Should.ThrowAsync<HttpRequestException>(answer);
    }

    private static Task<GatewayHost> StartAsync(
        SimulatedProviderServer provider,
        TemporaryFolder folder,
        ClientDisconnectPolicy policy
    ) =>
        GatewayHost.StartAsync(
            new GatewaySettings
            {
                DataFolder = folder.Path,
                Urls = ["http://127.0.0.1:0"],
                ShutdownDeadline = TimeSpan.FromMilliseconds(300),
                Gateway = new GatewayOptions
                {
                    Routing = new RoutingOptions
                    {
                        Retries = 0,
                        OnClientDisconnect = policy,
                        Providers = SimulatedDeployments.Create(provider.BaseAddress),
                    },
                },
            },
            TimeProvider.System,
            default
        );

    private static async Task<UsageRecord> BookedAsync(TemporaryFolder folder) =>
        (
            await UsageLedger.OpenReadOnly(new LedgerOptions { DataFolder = folder.Path }).TailAsync(10)
        ).ShouldHaveSingleItem();
}

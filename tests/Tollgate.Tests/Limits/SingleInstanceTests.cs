using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.MySql.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Configuration.Settings;
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
using Tollgate.Tests.Servers;

namespace Tollgate.Tests.Limits;

/// <summary>Gates on MySQL, which keeps records and counts no limits.</summary>
[Trait("Needs", "Server")]
public sealed class SingleInstanceTests(SharedMySqlServer shared) : IClassFixture<SharedMySqlServer>, IAsyncLifetime
{
    private readonly TemporaryFolder _here = new(),
        _there = new();
    private string _database = "";
    private SimulatedProviderServer? _provider;

    [Fact]
    public async Task A_second_data_folder_with_hard_limits_refuses_to_start_as_long_as_the_first_one_serves()
    {
        await using (await StartAsync(_here, LimitMode.Hard))
        {
            await using var sibling = await StartAsync(_here, LimitMode.Hard);
            var refusal = await Should.ThrowAsync<GatewayStartException>(() => StartAsync(_there, LimitMode.Hard));
            refusal.Message.ShouldStartWith(
                "The limit 'requests_per_year' is hard, and gateways of another data folder use this database"
            );
            refusal.Message.ShouldContain(_here.Path);
            refusal.Message.ShouldContain("Use PostgreSQL");
        }

        await using var alone = await StartAsync(_there, LimitMode.Hard);
    }

    [Fact]
    public async Task Gateways_with_soft_limits_only_can_be_many()
    {
        await using var first = await StartAsync(_here, LimitMode.Soft);
        await using var second = await StartAsync(_there, LimitMode.Soft);
    }

    [Fact]
    public async Task A_killed_gateway_blocks_no_other_for_ever()
    {
        await File.WriteAllTextAsync(Path.Combine(_here.Path, "tollgate.yaml"), "limits: [yearly_requests=10]\n");
        using (var killed = GatewayProcess.Serve(_here.Path, ("DATABASE_URL", shared.Server.UrlTo(_database))))
        {
            await killed.Address;
            killed.Kill();
        }

        await Should.ThrowAsync<GatewayStartException>(() => StartAsync(_there, LimitMode.Hard));
        // Instead of half a minute's wait.
        await shared.Server.ExecuteAsync(_database, "UPDATE limit_folders SET seen_at = seen_at - INTERVAL 31 SECOND");
        await using var next = await StartAsync(_there, LimitMode.Hard);
    }

    [Fact]
    public async Task A_hard_limit_set_while_another_folder_serves_refuses_calls_and_health_shows_why()
    {
        await using var first = await StartAsync(_here, LimitMode.Soft);
        await using var second = await StartAsync(_there, LimitMode.Soft);
        using var client = new GatewayClient(second.Addresses[0]);
        (await CallAsync(client)).Status.ShouldBe(HttpStatusCode.OK, "as long as limits only warn");

        using (
            var set = GatewayProcess.Start(
                ["limits", "set", "--global", "total_requests=100", "--data", _there.Path],
                ("DATABASE_URL", shared.Server.UrlTo(_database))
            )
        )
        {
            await set.WaitForExitAsync();
            set.ExitCode.ShouldBe(0, set.Output.ToString());
        }

        var answer = (Status: HttpStatusCode.OK, Text: "");
        await Eventually.BecomesTrueAsync(async () => (answer = await CallAsync(client)).Status != HttpStatusCode.OK);
        answer.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Text.ShouldContain(
            "The limit 'total_requests' cannot be enforced now, so calls under it are refused: gateways of another "
                + "data folder use the same database"
        );
        answer.Text.ShouldNotContain(_here.Path, Case.Sensitive, "a caller need not know where gates run");
        JsonDocument
            .Parse(await client.GetStringAsync("/health"))
            .RootElement.GetProperty("limits")
            .GetProperty("suspended")
            .GetString()!
            .ShouldStartWith("gateways of another data folder use");
    }

    [Fact]
    public async Task A_folder_that_came_first_sees_the_other_and_serves_again_when_that_is_gone()
    {
        var time = new ManualTimeProvider();
        await using var ledger = await UsageLedger.OpenAsync(new LedgerOptions { DataFolder = _here.Path });
        await using var admission = new AdmissionController(ledger.Limits, ledger.InstanceId, TimeProvider.System);
        await using var store = new MySqlLedgerStore(shared.Server.UrlTo(_database));
        using var guard = new SingleInstanceGuard(
            store,
            admission,
            DataFolderIdentity.CreateHeartbeat(_here.Path, time),
            time,
            NullLogger<SingleInstanceGuard>.Instance
        );
        await guard.StartAsync(default);
        admission.SuspensionCause.ShouldBeNull();

        var there = new InstanceHeartbeat(Guid.CreateVersion7(), "there:/data");
        (await store.RegisterAsync(there)).ShouldHaveSingleItem();
        await UntilAsync(() => admission.SuspensionCause is not null);
        await store.UnregisterAsync(there);
        await UntilAsync(() => admission.SuspensionCause is null);
        await guard.StopAsync(default);
        (await store.RegisterAsync(there)).ShouldBeEmpty("the guard's own folder is no longer registered");

        Task UntilAsync(Func<bool> condition) =>
            Eventually.BecomesTrueAsync(() =>
            {
                time.Advance(TimeSpan.FromSeconds(10));
                return condition();
            });
    }

    public async ValueTask InitializeAsync()
    {
        _database = await shared.Server.CreateDatabaseAsync();
        _provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
    }

    public async ValueTask DisposeAsync()
    {
        await _provider!.DisposeAsync();
        _here.Dispose();
        _there.Dispose();
    }

    private static async Task<(HttpStatusCode Status, string Text)> CallAsync(GatewayClient client)
    {
        using var answer = await client.ChatAsync("output=5", ""","max_tokens":5""");
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private Task<GatewayHost> StartAsync(TemporaryFolder folder, LimitMode mode) =>
        GatewayHost.StartAsync(
            new GatewaySettings
            {
                DataFolder = folder.Path,
                Database = shared.Server.UrlTo(_database),
                Urls = ["http://127.0.0.1:0"],
                Gateway = new GatewayOptions
                {
                    Routing = new RoutingOptions
                    {
                        Retries = 0,
                        Providers = SimulatedDeployments.Create(_provider!.BaseAddress),
                    },
                },
                Limits =
                [
                    new LimitSource(
                        "tollgate.yaml",
                        [LimitText.Parse("yearly_requests=10").ToLimit(LimitScope.Global) with { Mode = mode }]
                    ),
                ],
            },
            TimeProvider.System,
            default
        );
}

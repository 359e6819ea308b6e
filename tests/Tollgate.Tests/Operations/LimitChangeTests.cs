using System.Net;
using System.Text.Json;
using Tollgate.Accounting.Limits.Definitions;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Opening;
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

namespace Tollgate.Tests.Operations;

/// <summary>The program's own host with limits, from its configuration and set while it runs.</summary>
public sealed class LimitChangeTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private SimulatedProviderServer? _provider;

    [Fact]
    public async Task The_configurations_limits_hold_from_the_first_call_on_and_go_with_the_file()
    {
        await using (var gate = await StartAsync("yearly_requests=1", "yearly_input_tokens=1000000"))
        {
            (await CallAsync(gate)).ShouldBe(HttpStatusCode.OK);
            (await CallAsync(gate)).ShouldBe(HttpStatusCode.TooManyRequests);
        }

        await using (var gate = await StartAsync("yearly_input_tokens=1000000"))
            (await CallAsync(gate)).ShouldBe(HttpStatusCode.OK);
        (await ListAsync()).ShouldBe(["input_tokens_per_year"]);
    }

    [Fact]
    public async Task A_limit_set_at_run_time_applies_and_outlives_the_file()
    {
        await using (var gate = await StartAsync("yearly_requests=1000"))
        {
            await (await LimitDefinitions.OpenAsync(Options)).SetAsync(
                new Dictionary<string, Func<Limit?, Limit>>
                {
                    ["requests_per_year"] = before => before! with { Amount = 0 },
                }
            );
            await Eventually.BecomesTrueAsync(async () => await CallAsync(gate) == HttpStatusCode.Forbidden);
        }

        await using var again = await StartAsync("yearly_requests=1000");
        (await CallAsync(again)).ShouldBe(
            HttpStatusCode.Forbidden,
            "what was set at run time is not the file's to change"
        );
    }

    [Fact]
    public async Task Health_names_an_entry_that_cannot_be_read_and_the_others_hold()
    {
        await using var gate = await StartAsync("yearly_requests=0");

        await Options
            .OpenRegistry()
            .ApplyAsync([
                RegistryChange.Put(
                    LimitDefinitions.Kind,
                    "broken",
                    """{"metric":"requests","window":"century","amount":"-5"}"""
                ),
            ]);

        using var client = new GatewayClient(gate.Addresses[0]);
        JsonElement limits = default;
        await Eventually.BecomesTrueAsync(async () =>
            (limits = JsonDocument.Parse(await client.GetStringAsync("/health")).RootElement.GetProperty("limits"))
                .GetProperty("unreadable")
                .GetArrayLength() == 1
        );
        limits
            .GetProperty("unreadable")[0]
            .GetString()!
            .ShouldContain("The limit 'broken' in the registry cannot be read: 'century' is not a valid window");
        limits.GetProperty("count").GetInt32().ShouldBe(1);
        (await CallAsync(gate)).ShouldBe(HttpStatusCode.Forbidden);
    }

    public async ValueTask InitializeAsync() =>
        _provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);

    public async ValueTask DisposeAsync()
    {
        await _provider!.DisposeAsync();
        _folder.Dispose();
    }

    private LedgerOptions Options => new() { DataFolder = _folder.Path };

    private Task<GatewayHost> StartAsync(params string[] limits) =>
        GatewayHost.StartAsync(
            new GatewaySettings
            {
                DataFolder = _folder.Path,
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
                        [.. limits.Select(text => LimitText.Parse(text).ToLimit(LimitScope.Global))]
                    ),
                ],
            },
            TimeProvider.System,
            default
        );

    private async Task<IEnumerable<string>> ListAsync() =>
        (await (await LimitDefinitions.OpenAsync(Options)).ListAsync()).Limits.Select(limit => limit.Id);

    private static async Task<HttpStatusCode> CallAsync(GatewayHost gate)
    {
        using var client = new GatewayClient(gate.Addresses[0]);
        return await client.ChatStatusAsync("output=5", ""","max_tokens":5""");
    }
}

using System.Net;
using Tollgate.Accounting.PostgreSql.Tests;
using Tollgate.Accounting.Registry;
using Tollgate.Configuration.Locations;
using Tollgate.Configuration.Settings;
using Tollgate.Demo;
using Tollgate.Gateway;
using Tollgate.Gateway.Routing;
using Tollgate.Hosting;
using Tollgate.SimulatedProvider;
using Tollgate.SimulatedProvider.Scripting;
using Tollgate.Testing;
using Tollgate.Testing.Gateways;

namespace Tollgate.Tests.Operations;

/// <summary>Several gates on one server, and what they do while it is away.</summary>
[Trait("Needs", "Server")]
public sealed class SharedRegistryTests(PostgreSqlServer server) : IClassFixture<PostgreSqlServer>, IAsyncLifetime
{
    private readonly TemporaryFolder _here = new(),
        _there = new();
    private SimulatedProviderServer? _provider;
    private string _url = "";

    [Fact]
    public async Task A_key_created_at_one_gateway_works_at_another()
    {
        await using var first = await StartAsync(_here);
        await using var second = await StartAsync(_there);

        var key = await RunAsync(_here, "keys", "create", "--name", "ci", "--user", "ada");
        await Eventually.BecomesTrueAsync(async () =>
            await StatusAsync(first) == HttpStatusCode.Unauthorized
            && await StatusAsync(second) == HttpStatusCode.Unauthorized
        );
        (await StatusAsync(first, key)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(second, key)).ShouldBe(HttpStatusCode.OK);

        await RunAsync(_there, "users", "add", "ada");
        await RunAsync(_there, "users", "deactivate", "ada");
        await Eventually.BecomesTrueAsync(async () =>
            await StatusAsync(first, key) == HttpStatusCode.Forbidden
            && await StatusAsync(second, key) == HttpStatusCode.Forbidden
        );
        (await RunAsync(_there, "keys", "list", "--format", "csv")).ShouldContain(",ci,ada,");
    }

    [Fact]
    public async Task A_gateway_that_starts_without_its_server_accepts_saved_keys_for_fifteen_minutes()
    {
        var time = new ManualTimeProvider();
        var keys = await VirtualKeys.OpenAsync(
            LedgerLocation.FromSettings(Settings(_here)) with
            {
                TimeProvider = time,
            }
        );
        var key = (await keys.CreateAsync(new NewVirtualKey { Name = "n" })).Secret;
        await using (await StartAsync(_here, time))
        {
            // It sees the key, and keeps it.
        }

        await server.StopAsync();
        try
        {
            await using var gate = await StartAsync(_here, time);
            (await StatusAsync(gate, key)).ShouldBe(HttpStatusCode.OK);
            (await StatusAsync(gate)).ShouldBe(HttpStatusCode.Unauthorized);

            time.Advance(RegistryWatcher.MaxAge + TimeSpan.FromSeconds(1));
            (await StatusAsync(gate, key)).ShouldBe(HttpStatusCode.ServiceUnavailable);

            // One that knows nothing lets nobody in, and is no gate for a network.
            await using var stranger = await StartAsync(_there, time);
            (await StatusAsync(stranger, key)).ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await StatusAsync(stranger)).ShouldBe(HttpStatusCode.ServiceUnavailable);
            var refusal = await Should.ThrowAsync<GatewayStartException>(() =>
                StartAsync(_there, time, "http://0.0.0.0:0")
            );
            refusal.Message.ShouldContain("cannot be determined");
        }
        finally
        {
            await server.StartAsync();
        }
    }

    public async ValueTask InitializeAsync()
    {
        _provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        _url = server.UrlTo(await server.CreateDatabaseAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _provider!.DisposeAsync();
        _here.Dispose();
        _there.Dispose();
    }

    private GatewaySettings Settings(TemporaryFolder folder) =>
        new()
        {
            DataFolder = folder.Path,
            Database = _url,
            Urls = ["http://127.0.0.1:0"],
            Gateway = new GatewayOptions
            {
                Routing = new RoutingOptions
                {
                    Retries = 0,
                    Providers = SimulatedDeployments.Create(_provider!.BaseAddress),
                },
            },
        };

    private Task<GatewayHost> StartAsync(
        TemporaryFolder folder,
        TimeProvider? time = null,
        string url = "http://127.0.0.1:0"
    ) => GatewayHost.StartAsync(Settings(folder) with { Urls = [url] }, time ?? TimeProvider.System, default);

    private async Task<string> RunAsync(TemporaryFolder folder, params string[] arguments) =>
        (await GatewayProcess.RunAsync([.. arguments, "--data", folder.Path], ("DATABASE_URL", _url))).ShouldSucceed();

    private static async Task<HttpStatusCode> StatusAsync(GatewayHost gate, string? key = null)
    {
        using var client = new GatewayClient(gate.Addresses[0]);
        if (key is not null)
            client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return await client.ChatStatusAsync("input=10 output=10");
    }
}

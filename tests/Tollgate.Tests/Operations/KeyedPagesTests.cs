using System.Net;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Configuration.Settings;
using Tollgate.Demo;
using Tollgate.Gateway;
using Tollgate.Gateway.Routing;
using Tollgate.Hosting;
using Tollgate.Identity.Permissions;
using Tollgate.Identity.Tokens;
using Tollgate.SimulatedProvider;
using Tollgate.SimulatedProvider.Scripting;
using Tollgate.Testing;
using Tollgate.Testing.Gateways;

namespace Tollgate.Tests.Operations;

/// <summary>Who may read the gate's own pages: the same callers, by the same credentials, as may make calls.</summary>
public sealed class KeyedPagesTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new();
    private SimulatedProviderServer? _provider;

    [Theory]
    [InlineData("Authorization", "Bearer ")]
    [InlineData("x-api-key", "")]
    [InlineData("x-goog-api-key", "")]
    [InlineData("api-key", "")]
    public async Task A_call_is_looked_up_with_the_key_where_the_client_puts_it(string header, string scheme)
    {
        var key = await CreateKeyAsync("jane");
        await using var gate = await StartAsync();
        using var caller = ClientOf(gate, "Authorization", "Bearer " + key);
        using var reader = ClientOf(gate, header, scheme + key);
        var id = await CallAsync(caller);

        using var answer = await reader.GetAsync($"/api/calls/{id}");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        JsonDocument
            .Parse(await answer.Content.ReadAsStringAsync())
            .RootElement.GetProperty("cost_usd")
            .GetDecimal()
            .ShouldBe(0.0035m);
    }

    [Fact]
    public async Task A_call_is_visible_only_to_the_key_that_made_it()
    {
        var (jane, john) = (await CreateKeyAsync("jane"), await CreateKeyAsync("john"));
        await using var gate = await StartAsync();
        using var hers = ClientOf(gate, "Authorization", "Bearer " + jane);
        using var his = ClientOf(gate, "Authorization", "Bearer " + john);
        using var nobodys = ClientOf(gate);
        var id = await CallAsync(hers);

        (await his.GetAsync($"/api/calls/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await nobodys.GetAsync($"/api/calls/{id}")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Unreadable_keys_are_an_error_of_the_gateway_and_not_of_the_caller()
    {
        var key = await CreateKeyAsync("jane");
        await using var gate = await StartAsync();
        using var client = ClientOf(gate, "Authorization", "Bearer " + key);
        HideKeys();
        _time.Advance(RegistryWatcher.MaxAge + TimeSpan.FromSeconds(1));

        using var answer = await client.GetAsync($"/api/calls/{Guid.Empty}");

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_web_page_cannot_read_the_calls_of_a_gateway_without_keys()
    {
        await using var gate = await StartAsync();
        using var page = ClientOf(gate, "Host", "rebound.example.com");
        using var program = ClientOf(gate);

        (await page.GetAsync($"/api/calls/{Guid.Empty}")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await program.GetAsync($"/api/calls/{Guid.Empty}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Metrics_need_their_permission_once_there_is_a_key_but_health_never_does()
    {
        var key = await CreateKeyAsync("jane");
        var token = await CreateServiceTokenAsync(Permission.MetricsRead);
        var other = await CreateServiceTokenAsync(Permission.UsageRead);
        await using var gate = await StartAsync();
        using var nobodys = ClientOf(gate);
        using var caller = ClientOf(gate, "Authorization", "Bearer " + key);
        using var reader = ClientOf(gate, "Authorization", "Bearer " + other);
        using var prometheus = ClientOf(gate, "Authorization", "Bearer " + token);

        (await nobodys.GetAsync("/metrics")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await caller.GetAsync("/metrics")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await reader.GetAsync("/metrics")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await prometheus.GetStringAsync("/metrics")).ShouldContain("tollgate_cost_usd_total");
        foreach (var page in (string[])["/health", "/health/live", "/health/ready"])
            (await nobodys.GetAsync(page)).StatusCode.ShouldBe(HttpStatusCode.OK, page);
    }

    [Theory]
    [InlineData("/api/calls/00000000-0000-0000-0000-000000000000", HttpStatusCode.NotFound)]
    [InlineData("/key/info", HttpStatusCode.OK)]
    [InlineData("/v1/models", HttpStatusCode.OK)]
    [InlineData("/models", HttpStatusCode.OK)]
    public async Task The_key_of_a_deactivated_user_reads_no_page(string page, HttpStatusCode otherwise)
    {
        var (jane, john) = (await CreateKeyAsync("jane", user: "jane"), await CreateKeyAsync("john", user: "john"));
        await (await Users.OpenAsync(Ledger)).AddAsync(new User { Name = "jane", Enabled = false });
        await using var gate = await StartAsync();
        using var hers = ClientOf(gate, "Authorization", "Bearer " + jane);
        using var his = ClientOf(gate, "Authorization", "Bearer " + john);

        using var refusal = await hers.GetAsync(page);

        refusal.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await refusal.Content.ReadAsStringAsync()).ShouldContain("The user 'jane' is deactivated.");
        (await his.GetAsync(page)).StatusCode.ShouldBe(otherwise);
    }

    [Fact]
    public async Task A_web_page_cannot_list_the_models_of_a_gateway_without_keys()
    {
        await using var gate = await StartAsync();
        using var page = ClientOf(gate, "Host", "rebound.example.com");
        (await page.GetAsync("/v1/models")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Metrics_are_open_if_no_key_ever_existed_or_the_configuration_allows_it()
    {
        await using (var gate = await StartAsync())
        {
            using var nobodys = ClientOf(gate);
            (await nobodys.GetAsync("/metrics")).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        await CreateKeyAsync("jane");
        await using var open = await StartAsync(openMetrics: true);
        using var client = ClientOf(open);
        (await client.GetAsync("/metrics")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync($"/api/calls/{Guid.Empty}")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    public async ValueTask InitializeAsync() =>
        _provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);

    public async ValueTask DisposeAsync()
    {
        await _provider!.DisposeAsync();
        _folder.Dispose();
    }

    private LedgerOptions Ledger => new() { DataFolder = _folder.Path, TimeProvider = _time };

    private Task<GatewayHost> StartAsync(bool openMetrics = false) =>
        GatewayHost.StartAsync(
            new GatewaySettings
            {
                DataFolder = _folder.Path,
                Urls = ["http://127.0.0.1:0"],
                AllowAnonymousMetrics = openMetrics,
                Gateway = new GatewayOptions
                {
                    Routing = new RoutingOptions
                    {
                        Retries = 0,
                        Providers = SimulatedDeployments.Create(_provider!.BaseAddress),
                    },
                },
            },
            _time,
            default
        );

    private async Task<string> CreateKeyAsync(string name, string? user = null) =>
        (
            await (await VirtualKeys.OpenAsync(Ledger)).CreateAsync(new NewVirtualKey { Name = name, User = user })
        ).Secret;

    private async Task<string> CreateServiceTokenAsync(Permission permission)
    {
        await using var registry = await RegistryWatcher.StartAsync(Ledger);
        var tokens = await ServiceTokens.OpenAsync(Ledger, registry);
        var maker = new Principal
        {
            Kind = PrincipalKind.Account,
            Name = "root",
            Permissions = RolePermissions.For(Role.Admin),
            Reach = new Reach.Everything(),
        };
        var result = await tokens.CreateAsync(
            new NewServiceToken(permission.ToName().Replace(':', '-'), [permission]),
            maker
        );
        return result.ShouldBeOfType<ServiceTokenResult.Created>().Secret;
    }

    /// <summary>Makes each look at the keys fail, as an unreadable disk would.</summary>
    private void HideKeys()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.Path, "tollgate.db")}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "ALTER TABLE registry_version RENAME TO hidden";
        command.ExecuteNonQuery();
    }

    private static GatewayClient ClientOf(GatewayHost gate, params string[] header)
    {
        var client = new GatewayClient(gate.Addresses[0]);
        if (header.Length == 2)
            client.DefaultRequestHeaders.TryAddWithoutValidation(header[0], header[1]).ShouldBeTrue();
        return client;
    }

    /// <summary>Sends a call, and returns its id.</summary>
    private static async Task<string> CallAsync(GatewayClient client)
    {
        using var answer = await client.ChatAsync("input=1000 output=100");
        await answer.Content.ReadAsByteArrayAsync();
        return answer.Headers.GetValues("x-tollgate-request-id").Single();
    }
}

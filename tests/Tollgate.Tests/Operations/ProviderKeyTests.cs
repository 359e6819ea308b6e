using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Tollgate.Accounting.PostgreSql.Tests;
using Tollgate.Accounting.Stores;
using Tollgate.Configuration.Locations;
using Tollgate.Configuration.Settings;
using Tollgate.Identity;
using Tollgate.Identity.Accounts;
using Tollgate.Identity.Passwords;
using Tollgate.Identity.Permissions;
using Tollgate.Testing;
using Tollgate.Testing.Gateways;

namespace Tollgate.Tests.Operations;

/// <summary>Stored keys of providers, at several gateways on one server.</summary>
[Trait("Needs", "Server")]
public sealed class ProviderKeyTests(PostgreSqlServer server) : IClassFixture<PostgreSqlServer>, IAsyncLifetime
{
    private const string First = "sk-first-0123456789-abcdefgh";
    private const string Second = "sk-second-0123456789-ijklmnop";
    private const string MasterKey = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private const string Password = "a password of enough characters";

    private readonly TemporaryFolder _here = new(),
        _there = new();
    private readonly StringBuilder _responses = new();
    private KeyCheckingProvider _provider = null!;
    private string _database = "";
    private string? _token;

    [Fact]
    public async Task A_key_is_added_replaced_tested_and_removed_at_every_gateway_and_never_shown()
    {
        using var first = Serve(_here, MasterKey);
        using var second = Serve(_there, MasterKey);
        using var here = await first.ConnectAsync();
        using var there = await second.ConnectAsync();
        await LogInAsync(here);
        (await CallAsync(here), await CallAsync(there)).ShouldBe((HttpStatusCode.NotFound, HttpStatusCode.NotFound));

        _provider.Key = First;
        (await SendAsync(here, HttpMethod.Put, "/api/v1/providers/openai/key", $$"""{"key": "{{First}}"}"""))
            .GetProperty("hint")
            .GetString()
            .ShouldBe("sk-…efgh");
        await RespondsAsync(HttpStatusCode.OK, here, there);
        var openai = await SendAsync(here, HttpMethod.Get, "/api/v1/providers/openai");
        openai.GetProperty("source").GetString().ShouldBe("registry");
        openai.GetProperty("key").GetString().ShouldBe("sk-…efgh");
        (await TestAsync(here)).ShouldBe("ok 200");

        _provider.Key = Second;
        (await TestAsync(here)).ShouldBe("refused 401");
        await RespondsAsync(HttpStatusCode.Unauthorized, here, there);
        await SendAsync(here, HttpMethod.Put, "/api/v1/providers/openai/key", $$"""{"key": "{{Second}}"}""");
        await RespondsAsync(HttpStatusCode.OK, here, there);

        await SendAsync(here, HttpMethod.Delete, "/api/v1/providers/openai/key");
        await RespondsAsync(HttpStatusCode.NotFound, here, there);
        await SendAsync(here, HttpMethod.Get, "/api/v1/providers");
        await SendAsync(here, HttpMethod.Get, "/api/v1/deployments");
        var trail = await SendAsync(here, HttpMethod.Get, "/api/v1/audit?target=openai");
        trail
            .GetProperty("data")
            .EnumerateArray()
            .Select(static entry => entry.GetProperty("action").GetString())
            .ShouldBe([
                "provider_key.delete",
                "provider_key.set",
                "provider.test",
                "provider.test",
                "provider_key.set",
            ]);

        var shown = _responses.ToString() + first.Output + second.Output;
        shown.ShouldNotContain("0123456789-abcd");
        shown.ShouldNotContain("0123456789-ijkl");
        shown.ShouldNotContain(KeyCheckingProvider.Text);
        (await DumpAsync()).ShouldNotContain("0123456789-");
    }

    [Fact]
    public async Task A_gateway_with_another_master_key_reports_it_once_and_keeps_running()
    {
        _provider.Key = First;
        await StoreAsync(First);
        using var stranger = Serve(_there, MasterKey.Replace('0', '1'));
        using var there = await stranger.ConnectAsync();

        (await CallAsync(there)).ShouldBe(HttpStatusCode.NotFound);
        await LogInAsync(there);
        var openai = await SendAsync(there, HttpMethod.Get, "/api/v1/providers/openai");

        openai.GetProperty("configured").GetBoolean().ShouldBeFalse();
        openai.GetProperty("stored_key").GetProperty("problem").GetString()!.ShouldContain("master key");
        // A change of the registry is looked at again, and is not reported again.
        await SendAsync(there, HttpMethod.Post, "/api/v1/users", """{"name": "ada"}""");
        await Eventually.BecomesTrueAsync(async () => await CallAsync(there) == HttpStatusCode.NotFound);
        stranger.Output.ToString().Split("is not used").Length.ShouldBe(2);
        stranger.Output.ToString().ShouldNotContain(First);
    }

    [Fact]
    public async Task A_gateway_that_starts_without_its_server_uses_the_saved_key()
    {
        _provider.Key = First;
        await StoreAsync(First);
        using (var before = Serve(_here, MasterKey))
        {
            using var client = await before.ConnectAsync();
            await RespondsAsync(HttpStatusCode.OK, client);
            await before.TerminateAsync();
        }

        await server.StopAsync();
        try
        {
            using var after = Serve(_here, MasterKey);
            using var client = await after.ConnectAsync();

            await RespondsAsync(HttpStatusCode.OK, client);
        }
        finally
        {
            await server.StartAsync();
        }
    }

    public async ValueTask InitializeAsync()
    {
        _provider = await KeyCheckingProvider.StartAsync();
        _database = await server.CreateDatabaseAsync();
        var accounts = await AccountRegistry.OpenAsync(Ledger, new PasswordHasher(new IdentityOptions()));
        (
            await accounts.CreateAsync(
                new NewAccount
                {
                    Username = "root",
                    Role = Role.Admin,
                    Password = Password,
                }
            )
        ).Message.ShouldBeNull();
    }

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        _here.Dispose();
        _there.Dispose();
    }

    private LedgerOptions Ledger =>
        LedgerLocation.FromSettings(
            new GatewaySettings { DataFolder = _here.Path, Database = server.UrlTo(_database) }
        );

    private GatewayProcess Serve(TemporaryFolder folder, string masterKey) =>
        GatewayProcess.Serve(folder.Path, [.. Variables, ("TOLLGATE_MASTER_KEY", masterKey)]);

    private (string, string)[] Variables =>
        [("DATABASE_URL", server.UrlTo(_database)), ("OPENAI_BASE_URL", _provider.Address)];

    /// <summary>Stores a key at the command line.</summary>
    private async Task StoreAsync(string key)
    {
        var run = await GatewayProcess.RunWithInputAsync(
            key + "\n",
            ["providers", "add", "openai", "--key-stdin", "--data", _here.Path],
            [.. Variables, ("TOLLGATE_MASTER_KEY", MasterKey)]
        );
        run.ShouldSucceed().ShouldContain("sk-…efgh");
        (run.Output + run.Error).ShouldNotContain(key);
    }

    private static async Task<HttpStatusCode> CallAsync(GatewayClient gateway) => await gateway.ChatStatusAsync("x");

    /// <summary>The gateways see a change within a second.</summary>
    private static async Task RespondsAsync(HttpStatusCode status, params GatewayClient[] gateways)
    {
        foreach (var gateway in gateways)
            await Eventually.BecomesTrueAsync(async () => await CallAsync(gateway) == status);
    }

    private async Task LogInAsync(GatewayClient gateway)
    {
        using var response = await gateway.PostJsonAsync(
            "/api/auth/login",
            $$"""{"username": "root", "password": "{{Password}}"}"""
        );
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        _token = json.RootElement.GetProperty("access_token").GetString();
    }

    private async Task<string> TestAsync(GatewayClient gateway)
    {
        var result = await SendAsync(gateway, HttpMethod.Post, "/api/v1/providers/openai/test");
        return $"{result.GetProperty("outcome")} {result.GetProperty("status")}";
    }

    private async Task<JsonElement> SendAsync(
        GatewayClient gateway,
        HttpMethod method,
        string path,
        string? body = null
    )
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await gateway.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        _responses.Append(text);
        response.IsSuccessStatusCode.ShouldBeTrue(text);
        if (text.Length == 0)
            return default;
        using var json = JsonDocument.Parse(text);
        return json.RootElement.Clone();
    }

    private async Task<string> DumpAsync() =>
        (string)(await server.ScalarAsync(_database, "SELECT string_agg(e::text, ' ') FROM registry_entries e"))!
        + (string)(await server.ScalarAsync(_database, "SELECT string_agg(a::text, ' ') FROM audit_trail a"))!;
}

using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Tollgate.Accounting.Stores;
using Tollgate.Configuration;
using Tollgate.Hosting;
using Tollgate.Identity;
using Tollgate.Identity.Accounts;
using Tollgate.Identity.Passwords;
using Tollgate.Identity.Permissions;
using Tollgate.Metering.Usage;
using Tollgate.Testing;

namespace Tollgate.Api.Tests.Endpoints;

/// <summary>The program in the test's process, with a configuration of its own.</summary>
internal sealed class ConfiguredHost : IAsyncDisposable
{
    public const string Password = "a password of enough characters";

    private readonly TemporaryFolder _folder;
    private readonly GatewayHost _host;
    private readonly HttpClient _client;

    private ConfiguredHost(TemporaryFolder folder, GatewayHost host) =>
        (_folder, _host, _client) = (folder, host, new HttpClient { BaseAddress = host.Addresses[0] });

    /// <summary>The access token of later requests; null for requests without a credential.</summary>
    public string? Token { get; set; }

    /// <summary>Starts it with these variables and this <c>tollgate.yaml</c>.</summary>
    public static async Task<ConfiguredHost> StartAsync(
        string yaml = "",
        params (string Name, string Value)[] variables
    )
    {
        var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("tollgate.yaml"), yaml);
        var configuration = ConfigurationLoader.Load(
            new ConfigurationRequest
            {
                WorkingFolder = folder.Path,
                Environment = variables.ToDictionary(static pair => pair.Name, static pair => pair.Value),
                DefaultDataFolder = folder.Path,
                Urls = "http://127.0.0.1:0",
                Now = TimeProvider.System.GetUtcNow(),
            }
        );
        configuration.HasErrors.ShouldBeFalse();
        var settings = configuration.Settings with
        {
            Identity = configuration.Settings.Identity with { PasswordIterations = 1000 },
        };
        return new ConfiguredHost(folder, await GatewayHost.StartAsync(settings, TimeProvider.System, default));
    }

    /// <summary>Adds an account, and signs it in for the later requests.</summary>
    public async Task SignInAsync(Role role)
    {
        var accounts = await AccountRegistry.OpenAsync(
            new LedgerOptions { DataFolder = _folder.Path },
            new PasswordHasher(new IdentityOptions { PasswordIterations = 1000 })
        );
        var name = role.ToString().ToLowerInvariant();
        await accounts.CreateAsync(
            new NewAccount
            {
                Username = name,
                Role = role,
                Password = Password,
            }
        );
        var (_, body) = await SendAsync(
            HttpMethod.Post,
            "/api/auth/login",
            $$"""{"username": "{{name}}", "password": "{{Password}}"}"""
        );
        Token = body.GetProperty("access_token").GetString();
    }

    /// <summary>Records completed calls of 1,000 input tokens and 500 output tokens.</summary>
    public Task RecordAsync(params (string Model, decimal? Usd, TimeSpan Ago)[] calls) =>
        _host.Ledger.AppendAsync([.. calls.Select(call => CreateRecord(call.Model, call.Usd, call.Ago))]);

    /// <summary>Reads a resource that must exist.</summary>
    public async Task<JsonElement> GetAsync(string path)
    {
        var (status, body) = await SendAsync(HttpMethod.Get, path);
        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        return body;
    }

    /// <summary>Sends a request, and returns the status and the body as JSON.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(
        HttpMethod method,
        string path,
        string? body = null
    )
    {
        using var request = new HttpRequestMessage(method, path);
        if (Token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if (text.Length == 0)
            return (response.StatusCode, default);
        using var json = JsonDocument.Parse(text);
        return (response.StatusCode, json.RootElement.Clone());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    private static UsageRecord CreateRecord(string model, decimal? usd, TimeSpan ago)
    {
        var at = TimeProvider.System.GetUtcNow() - ago;
        return new UsageRecord
        {
            Id = new CallId(Guid.CreateVersion7(at), 1),
            StartedAt = at,
            Provider = "openai",
            Model = model,
            Operation = "chat",
            Usage = new TokenUsage { [UsageKind.InputText] = 1000, [UsageKind.OutputText] = 500 },
            UsageSource = UsageSource.Reported,
            Cost = usd is { } known ? Money.Round(known) : null,
            CostSource = usd is null ? null : "builtin/older",
            Outcome = CallOutcome.Completed,
        };
    }
}

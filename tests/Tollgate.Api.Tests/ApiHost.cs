using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Configuration.Settings;
using Tollgate.Hosting;
using Tollgate.Identity;
using Tollgate.Identity.Accounts;
using Tollgate.Identity.Passwords;
using Tollgate.Identity.Permissions;
using Tollgate.Testing;

namespace Tollgate.Api.Tests;

/// <summary>The program in the test's process, with its API on a free port, and accounts of every role.</summary>
public sealed class ApiHost : IAsyncLifetime
{
    public const string Password = "a password of enough characters";

    private readonly TemporaryFolder _folder = new();
    private GatewayHost? _host;

    public Uri Address => _host!.Addresses[0];

    public UsageLedger Ledger => _host!.Ledger;

    public string DataFolder => _folder.Path;

    public HttpClient Client { get; private set; } = null!;

    /// <summary>The mapped routes.</summary>
    public IReadOnlyList<Endpoint> Endpoints => _host!.Endpoints;

    /// <summary>Changes the settings before a start.</summary>
    internal Func<GatewaySettings, GatewaySettings> Configure { get; set; } = static settings => settings;

    public ValueTask InitializeAsync() => StartAsync();

    /// <summary>Starts the program.</summary>
    public async ValueTask StartAsync()
    {
        var settings = new GatewaySettings
        {
            DataFolder = _folder.Path,
            Urls = ["http://127.0.0.1:0"],
            Identity = new IdentityOptions { PasswordIterations = 1000 },
        };
        _host = await GatewayHost.StartAsync(Configure(settings), TimeProvider.System, default);
        Client = new HttpClient { BaseAddress = Address };
    }

    /// <summary>Stops the program; its data stays for the next start.</summary>
    public async ValueTask StopAsync()
    {
        Client.Dispose();
        await _host!.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }

    /// <summary>Adds an account, as <c>tollgate accounts add</c> does.</summary>
    public async Task AddAccountAsync(string username, Role role, params string[] teams)
    {
        var accounts = await AccountRegistry.OpenAsync(
            new LedgerOptions { DataFolder = _folder.Path },
            new PasswordHasher(new IdentityOptions { PasswordIterations = 1000 })
        );
        var result = await accounts.CreateAsync(
            new NewAccount
            {
                Username = username,
                Role = role,
                Password = Password,
                Teams = teams,
            }
        );
        result.Message.ShouldBeNull();
    }

    /// <summary>Creates the first account with the one-time token of the start.</summary>
    public async Task SetUpAsync(string username)
    {
        var token = await _host!.IssueSetupTokenAsync(default);
        var (status, body) = await PostAsync(
            "/api/v1/setup",
            token: null,
            $$"""{"token": "{{token}}", "username": "{{username}}", "password": "{{Password}}"}"""
        );
        status.ShouldBe(HttpStatusCode.OK, body.ToString());
    }

    /// <summary>Signs an account in, and returns its access token.</summary>
    public async Task<string> LogInAsync(string username)
    {
        var (status, body) = await SendAsync(
            HttpMethod.Post,
            "/api/auth/login",
            token: null,
            $$"""{"username": "{{username}}", "password": "{{Password}}"}"""
        );
        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        return body.GetProperty("access_token").GetString()!;
    }

    /// <summary>Sends a request, and returns the status and the body as JSON.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(
        HttpMethod method,
        string path,
        string? token,
        string? body = null
    )
    {
        using var request = CreateRequest(method, path, token, body);
        // Tests that are not about revisions change whatever is there.
        request.Headers.IfMatch.Add(EntityTagHeaderValue.Any);
        using var response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (response.Content.Headers.ContentType?.MediaType == "text/event-stream")
            return (response.StatusCode, default); // It would not end.
        var text = await response.Content.ReadAsStringAsync();
        var isJson =
            response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
        if (!isJson)
            return (response.StatusCode, default);
        using var json = JsonDocument.Parse(text);
        return (response.StatusCode, json.RootElement.Clone());
    }

    /// <summary>Creates a request.</summary>
    public static HttpRequestMessage CreateRequest(HttpMethod method, string path, string? token, string? body = null)
    {
        var request = new HttpRequestMessage(method, path);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return request;
    }

    public Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(string path, string? token) =>
        SendAsync(HttpMethod.Get, path, token);

    public Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, string? token, string body) =>
        SendAsync(HttpMethod.Post, path, token, body);
}

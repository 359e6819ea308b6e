using System.Net;
using System.Security.Cryptography;
using Tollgate.Accounting.PostgreSql.Tests;
using Tollgate.Testing;

namespace Tollgate.Api.Tests.SignIn;

/// <summary>Two gateways on one PostgreSQL.</summary>
[Trait("Needs", "Server")]
public sealed class ReplicaTests : IAsyncLifetime
{
    private readonly PostgreSqlServer _server = new();
    private readonly ApiHost _a = new();
    private readonly ApiHost _b = new();

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        var url = _server.UrlTo(await _server.CreateDatabaseAsync());
        var masterKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        foreach (var host in (ApiHost[])[_a, _b])
        {
            host.Configure = settings =>
                settings with
                {
                    Database = url,
                    Identity = settings.Identity with { MasterKey = masterKey },
                };
            await host.StartAsync();
        }

        await _a.SetUpAsync("root");
    }

    public async ValueTask DisposeAsync()
    {
        await _a.DisposeAsync();
        await _b.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Share_sessions_keys_limits_and_accounts()
    {
        // 1. Signed in at one, valid at the other.
        var token = await _a.LogInAsync("root");
        (await _b.GetAsync("/api/v1/session", token)).Status.ShouldBe(HttpStatusCode.OK);

        // 2. A key and its limit, made at one, hold at the other.
        var key = await _a.PostAsync(
            "/api/v1/keys",
            token,
            """{"name": "k", "max_budget": "1", "budget_duration": "1d"}"""
        );
        var secret = key.Body.GetProperty("secret").GetString()!;
        await Eventually.BecomesTrueAsync(async () =>
            (await _b.GetAsync("/api/v1/session", secret)).Status == HttpStatusCode.OK
        );
        (await _b.GetAsync("/api/v1/limits", token)).Body.GetProperty("data").GetArrayLength().ShouldBe(1);
        await _a.PostAsync($"/api/v1/keys/{key.Body.GetProperty("key").GetProperty("id")}/revoke", token, "");
        await Eventually.BecomesTrueAsync(async () =>
            (await _b.GetAsync("/api/v1/session", secret)).Status == HttpStatusCode.Unauthorized
        );

        // 3. Attempts count together: four at one and the fifth at the other.
        await _a.PostAsync("/api/v1/accounts", token, """{"username": "ann", "role": "viewer"}""");
        for (var attempt = 0; attempt < 5; attempt++)
            (await AttemptAsync(attempt == 4 ? _b : _a, "ann")).ShouldBe(HttpStatusCode.Unauthorized);
        (await AttemptAsync(_a, "ann")).ShouldBe(HttpStatusCode.TooManyRequests);

        // 4. Signed out at one, ended at the other.
        await _b.PostAsync("/api/auth/logout", token, "");
        await Eventually.BecomesTrueAsync(async () =>
            (await _a.GetAsync("/api/v1/session", token)).Status == HttpStatusCode.Unauthorized
        );
    }

    [Fact]
    public async Task Report_that_the_database_is_away_and_keep_running_sessions()
    {
        var token = await _a.LogInAsync("root");
        // The gateway watches the registry: when it sees a later key, it has seen the account, too.
        var key = (await _a.PostAsync("/api/v1/keys", token, """{"name": "k"}"""))
            .Body.GetProperty("secret")
            .GetString();
        await Eventually.BecomesTrueAsync(async () =>
            (await _a.GetAsync("/api/v1/session", key)).Status == HttpStatusCode.OK
        );
        (await _a.GetAsync("/api/v1/session", token)).Status.ShouldBe(HttpStatusCode.OK);

        await _server.StopAsync();

        var refused = await _a.PostAsync(
            "/api/auth/login",
            token: null,
            $$"""{"username": "root", "password": "{{ApiHost.Password}}"}"""
        );
        refused.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refused.Body.GetProperty("detail").GetString()!.ShouldContain("PostgreSQL");
        (await _a.GetAsync("/api/v1/session", token)).Status.ShouldBe(HttpStatusCode.OK);
        (await _b.GetAsync("/api/v1/session", token)).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);

        await _server.StartAsync();
        await Eventually.BecomesTrueAsync(async () =>
            (await _b.GetAsync("/api/v1/session", token)).Status == HttpStatusCode.OK
        );
    }

    private static async Task<HttpStatusCode> AttemptAsync(ApiHost host, string username) =>
        (
            await host.PostAsync(
                "/api/auth/login",
                token: null,
                $$"""{"username": "{{username}}", "password": "not the right password"}"""
            )
        ).Status;
}

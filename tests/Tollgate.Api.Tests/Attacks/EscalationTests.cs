using System.Net;
using System.Text.Json;
using Tollgate.Identity.Permissions;

namespace Tollgate.Api.Tests.Attacks;

/// <summary>Senders who try to get more rights, or the budgets and the data of others.</summary>
public sealed class EscalationTests : IAsyncLifetime
{
    private readonly ApiHost _host = new()
    {
        Configure = static settings =>
            settings with
            {
                Identity = settings.Identity with { UsersManageOwnKeys = true },
            },
    };
    private readonly Dictionary<string, string> _tokens = [];

    public async ValueTask InitializeAsync()
    {
        await _host.StartAsync();
        await _host.AddAccountAsync("root", Role.Admin);
        await _host.AddAccountAsync("mia", Role.Manager, "alpha");
        await _host.AddAccountAsync("max", Role.Manager, "beta");
        await _host.AddAccountAsync("otto", Role.User);
        foreach (var name in (string[])["root", "mia", "max", "otto"])
            _tokens[name] = await _host.LogInAsync(name);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(
        "POST",
        "/api/v1/accounts",
        """{"username": "eve", "role": "admin", "password": "a password of eve's"}"""
    )]
    [InlineData("POST", "/api/v1/accounts", """{"username": "eve", "role": "viewer"}""")]
    [InlineData("PATCH", "/api/v1/accounts/otto", """{"role": "admin"}""")]
    [InlineData("POST", "/api/v1/accounts/root/link", "")]
    [InlineData("POST", "/api/v1/accounts/otto/link", "")]
    public async Task A_token_grants_no_role_with_permissions_that_it_lacks(string method, string path, string body)
    {
        var token = await CreateTokenAsync("writer", "accounts:read", "accounts:write");

        var (status, response) = await _host.SendAsync(new HttpMethod(method), path, token, body);

        status.ShouldBe(HttpStatusCode.Forbidden, response.ToString());
        response.GetProperty("detail").GetString()!.ShouldContain("lacks");
        // It may do what gives nothing to anyone.
        (
            await _host.SendAsync(HttpMethod.Patch, "/api/v1/accounts/otto", token, """{"disabled": true}""")
        ).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/api/v1/keys", """{"name": "k", "user": "otto", "team": "alpha"}""")]
    [InlineData("/api/v1/keys", """{"name": "k", "user": "otto", "organization": "acme"}""")]
    [InlineData("/api/v1/keys", """{"name": "k", "team": "alpha"}""")]
    [InlineData("/api/v1/keys", """{"name": "k", "user": "mia"}""")]
    [InlineData("/key/generate", """{"user_id": "otto", "team_id": "alpha"}""")]
    public async Task A_user_joins_no_team_by_a_key(string path, string body)
    {
        var (status, response) = await _host.PostAsync(path, _tokens["otto"], body);

        status.ShouldBe(HttpStatusCode.Forbidden, response.ToString());
    }

    [Fact]
    public async Task A_user_moves_no_key_into_a_team_of_others()
    {
        var own = await CreateKeyAsync("otto", """{"name": "own", "user": "otto"}""");

        foreach (
            var change in (string[])["\"team_id\": \"alpha\"", "\"organization_id\": \"acme\"", "\"user_id\": \"mia\""]
        )
        {
            var (status, response) = await _host.PostAsync(
                "/key/update",
                _tokens["otto"],
                $$"""{"key": "{{own}}", {{change}}}"""
            );

            status.ShouldBe(HttpStatusCode.Forbidden, response.ToString());
        }
    }

    [Fact]
    public async Task A_user_has_further_keys_in_a_team_that_an_administrator_has_put_him_into()
    {
        await CreateKeyAsync("root", """{"name": "first", "user": "otto", "team": "alpha", "organization": "acme"}""");

        await CreateKeyAsync("otto", """{"name": "second", "user": "otto", "team": "alpha", "organization": "acme"}""");
    }

    [Fact]
    public async Task A_manager_moves_no_key_between_teams()
    {
        var own = await CreateKeyAsync("mia", """{"name": "own", "team": "alpha"}""");
        var other = await CreateKeyAsync("max", """{"name": "other", "team": "beta"}""");

        (await UpdateKeyAsync("mia", own, "beta")).ShouldBe(HttpStatusCode.Forbidden);
        (await UpdateKeyAsync("mia", other, "alpha")).ShouldBe(HttpStatusCode.NotFound);
        foreach (var action in (string[])["rotate", "revoke"])
            (await _host.PostAsync($"/api/v1/keys/{other}/{action}", _tokens["mia"], "{}")).Status.ShouldBe(
                HttpStatusCode.NotFound
            );
    }

    [Fact]
    public async Task A_manager_divides_the_budget_of_a_team_but_does_not_change_it()
    {
        var team = await SetLimitAsync("root", """[{"dimension": "team", "value": "alpha"}]""");
        var model = await SetLimitAsync(
            "root",
            """[{"dimension": "team", "value": "alpha"}, {"dimension": "model", "value": "gpt-4o"}]"""
        );
        foreach (var limit in (string[])[team, model])
        {
            var path = "/api/v1/limits/" + Uri.EscapeDataString(limit);
            (await _host.GetAsync(path, _tokens["mia"])).Status.ShouldBe(HttpStatusCode.OK);
            foreach (
                var (method, action, body) in ((string, string, string?)[])
                    [
                        ("POST", "/increase", """{"amount": "750", "until": "2100-01-01T00:00:00Z"}"""),
                        ("POST", "/reset", "{}"),
                        ("DELETE", "", null),
                    ]
            )
            {
                var (status, response) = await _host.SendAsync(
                    new HttpMethod(method),
                    path + action,
                    _tokens["mia"],
                    body
                );

                status.ShouldBe(HttpStatusCode.Forbidden, $"{action}: {response}");
                (await _host.SendAsync(new HttpMethod(method), path + action, _tokens["max"], body)).Status.ShouldBe(
                    HttpStatusCode.NotFound
                );
            }
        }

        (await TrySetLimitAsync("mia", """[{"dimension": "team", "value": "alpha"}]""")).Status.ShouldBe(
            HttpStatusCode.Forbidden
        );
        await SetLimitAsync("mia", """[{"dimension": "team", "value": "alpha"}, {"dimension": "user"}]""");
        var key = await CreateKeyAsync("mia", """{"name": "own", "team": "alpha"}""");
        await SetLimitAsync("mia", $$"""[{"dimension": "key", "value": "{{key}}"}]""");
    }

    private async Task<string> CreateTokenAsync(string name, params string[] permissions)
    {
        var (status, body) = await _host.PostAsync(
            "/api/v1/service-tokens",
            _tokens["root"],
            $$"""{"name": "{{name}}", "permissions": {{JsonSerializer.Serialize(permissions)}}}"""
        );
        status.ShouldBe(HttpStatusCode.Created, body.ToString());
        return body.GetProperty("secret").GetString()!;
    }

    private async Task<string> CreateKeyAsync(string sender, string body)
    {
        var (status, response) = await _host.PostAsync("/api/v1/keys", _tokens[sender], body);
        status.ShouldBe(HttpStatusCode.Created, response.ToString());
        return response.GetProperty("key").GetProperty("id").GetString()!;
    }

    private async Task<HttpStatusCode> UpdateKeyAsync(string sender, string key, string team) =>
        (
            await _host.PostAsync("/key/update", _tokens[sender], $$"""{"key": "{{key}}", "team_id": "{{team}}"}""")
        ).Status;

    private async Task<string> SetLimitAsync(string sender, string scope)
    {
        var (status, response) = await TrySetLimitAsync(sender, scope);
        status.ShouldBe(HttpStatusCode.OK, response.ToString());
        return response.GetProperty("after").GetProperty("id").GetString()!;
    }

    private Task<(HttpStatusCode Status, JsonElement Body)> TrySetLimitAsync(string sender, string scope) =>
        _host.PostAsync(
            "/api/v1/limits",
            _tokens[sender],
            $$"""{"metric": "cost", "window": "month", "amount": "500", "scope": {{scope}}}"""
        );
}

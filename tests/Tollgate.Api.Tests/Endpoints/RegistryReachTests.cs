using System.Net;
using System.Text.Json;
using Tollgate.Identity.Permissions;

namespace Tollgate.Api.Tests.Endpoints;

/// <summary>Managers see and change the entries of the registry that belong to their teams, and no others.</summary>
public sealed class RegistryReachTests : IAsyncLifetime
{
    private readonly ApiHost _host = new();
    private readonly Dictionary<string, string> _tokens = [];

    public async ValueTask InitializeAsync()
    {
        await _host.StartAsync();
        await _host.AddAccountAsync("root", Role.Admin);
        await _host.AddAccountAsync("mia", Role.Manager, "alpha", "gamma");
        await _host.AddAccountAsync("max", Role.Manager, "beta");
        foreach (var name in (string[])["root", "mia", "max"])
            _tokens[name] = await _host.LogInAsync(name);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("users")]
    [InlineData("projects")]
    [InlineData("applications")]
    public async Task Shows_and_changes_only_what_belongs_to_the_managers_teams(string kind)
    {
        await AddAsync("root", kind, """{"name": "common"}""");
        await AddAsync("mia", kind, """{"name": "own", "team": "alpha"}""");
        await AddAsync("max", kind, """{"name": "other", "team": "beta"}""");

        (await ListAsync("mia", kind)).ShouldBe(["own"]);
        (await ListAsync("root", kind)).ShouldBe(["common", "other", "own"]);
        foreach (var name in (string[])["common", "other"])
        {
            var path = $"/api/v1/{kind}/{name}";
            (await SendAsync("mia", HttpMethod.Get, path)).ShouldBe(HttpStatusCode.NotFound);
            (await SendAsync("mia", HttpMethod.Put, path, """{"enabled": false}""")).ShouldBe(HttpStatusCode.NotFound);
            (await SendAsync("mia", HttpMethod.Delete, path)).ShouldBe(HttpStatusCode.NotFound);
        }

        // Neither given away, nor taken from administrators, nor added for another team.
        var mine = $"/api/v1/{kind}/own";
        foreach (var body in (string[])["""{"enabled": true, "team": "beta"}""", """{"enabled": true}"""])
            (await SendAsync("mia", HttpMethod.Put, mine, body)).ShouldBe(HttpStatusCode.Forbidden);
        foreach (var body in (string[])["""{"name": "x", "team": "beta"}""", """{"name": "x"}"""])
            (await SendAsync("mia", HttpMethod.Post, $"/api/v1/{kind}", body)).ShouldBe(HttpStatusCode.Forbidden);
        (await SendAsync("mia", HttpMethod.Put, mine, """{"enabled": false, "team": "gamma"}""")).ShouldBe(
            HttpStatusCode.OK
        );
        (await SendAsync("mia", HttpMethod.Delete, mine)).ShouldBe(HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData("users", "user")]
    [InlineData("projects", "project")]
    public async Task Adds_no_entry_by_which_the_calls_of_another_team_could_be_refused(string kind, string property)
    {
        await _host.PostAsync(
            "/api/v1/keys",
            _tokens["max"],
            $$"""{"name": "k", "team": "beta", "{{property}}": "bound"}"""
        );

        var status = await SendAsync(
            "mia",
            HttpMethod.Post,
            $"/api/v1/{kind}",
            """{"name": "bound", "team": "alpha", "enabled": false}"""
        );

        status.ShouldBe(HttpStatusCode.Forbidden);
        await AddAsync("max", kind, """{"name": "bound", "team": "beta"}""");
    }

    [Fact]
    public async Task Lists_adds_changes_and_deletes_teams()
    {
        await AddAsync("root", "teams", """{"name": "beta", "alias": "B"}""");
        await AddAsync("mia", "teams", """{"name": "alpha", "alias": "A", "metadata": {"cost_center": "42"}}""");

        (await ListAsync("root", "teams")).ShouldBe(["alpha", "beta"]);
        (await ListAsync("mia", "teams")).ShouldBe(["alpha"]);
        var (_, team) = await _host.GetAsync("/api/v1/teams/alpha", _tokens["root"]);
        team.GetProperty("alias").GetString().ShouldBe("A");
        team.GetProperty("metadata").GetProperty("cost_center").GetString().ShouldBe("42");
        (await SendAsync("mia", HttpMethod.Post, "/api/v1/teams", """{"name": "delta"}""")).ShouldBe(
            HttpStatusCode.Forbidden
        );
        (await SendAsync("mia", HttpMethod.Get, "/api/v1/teams/beta")).ShouldBe(HttpStatusCode.NotFound);
        (await SendAsync("mia", HttpMethod.Put, "/api/v1/teams/alpha", """{"alias": "Alpha"}""")).ShouldBe(
            HttpStatusCode.OK
        );
        // The same entry as that of other gateways' routes.
        var info = await _host.GetAsync("/team/info?team_id=alpha", _tokens["root"]);
        info.Body.GetProperty("team_info").GetProperty("team_alias").GetString().ShouldBe("Alpha");
        (await SendAsync("mia", HttpMethod.Delete, "/api/v1/teams/alpha")).ShouldBe(HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData("org/ann")]
    [InlineData("a b+c?d#e%f")]
    [InlineData("日本語")]
    public async Task Finds_an_entry_at_its_location_whatever_its_name(string name)
    {
        using var request = ApiHost.CreateRequest(
            HttpMethod.Post,
            "/api/v1/users",
            _tokens["root"],
            $$"""{"name": {{JsonSerializer.Serialize(name)}}}"""
        );
        using var response = await _host.Client.SendAsync(request);
        var location = response.Headers.Location!.OriginalString;

        var (status, user) = await _host.GetAsync(location, _tokens["root"]);

        status.ShouldBe(HttpStatusCode.OK, location);
        user.GetProperty("name").GetString().ShouldBe(name);
        (await SendAsync("root", HttpMethod.Delete, location)).ShouldBe(HttpStatusCode.NoContent);
    }

    private async Task AddAsync(string sender, string kind, string body) =>
        (await SendAsync(sender, HttpMethod.Post, $"/api/v1/{kind}", body)).ShouldBe(HttpStatusCode.Created, body);

    private async Task<IReadOnlyList<string?>> ListAsync(string sender, string kind) =>
        [
            .. (await _host.GetAsync($"/api/v1/{kind}", _tokens[sender]))
                .Body.GetProperty("data")
                .EnumerateArray()
                .Select(static entry => entry.GetProperty("name").GetString()),
        ];

    private async Task<HttpStatusCode> SendAsync(string sender, HttpMethod method, string path, string? body = null) =>
        (await _host.SendAsync(method, path, _tokens[sender], body)).Status;
}

using System.Net;
using System.Net.Sockets;
using System.Text;
using Tollgate.Api.Tests.Authorization;
using Tollgate.Identity.Permissions;

namespace Tollgate.Api.Tests.Attacks;

/// <summary>Attacks that have succeeded against other gateways.</summary>
public sealed class KnownAttackTests(MatrixHost matrix) : IClassFixture<MatrixHost>
{
    private static readonly string[] Secrets = ["pbkdf2", "password_hash", "secret_hash", "private_key", "wrapped_key"];

    [Theory]
    [InlineData("localhost:4000/#@evil.example")]
    [InlineData("localhost/api/health")]
    [InlineData("127.0.0.1, evil.example")]
    [InlineData("@localhost")]
    [InlineData("")]
    [InlineData("localhost:99999999")]
    public async Task Decides_rights_by_the_route_whatever_the_host_header_contains(string host)
    {
        var response = await SendRawAsync($"POST /api/v1/keys HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\n\r\n");

        response.ShouldMatch("^HTTP/1.1 (400|401) ");
    }

    [Theory]
    [InlineData("/api/health/../v1/keys")]
    [InlineData("/api/health/%2e%2e/v1/keys")]
    [InlineData("//api/v1/keys")]
    [InlineData("/api/v1/keys/")]
    [InlineData("/API/V1/KEYS")]
    [InlineData("/api/v1/keys;/api/health")]
    [InlineData("/api/v1/keys%00")]
    [InlineData("/api/v1/keys%2f")]
    public async Task Serves_no_spelling_of_a_path_without_a_credential(string path)
    {
        var response = await SendRawAsync($"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        response.ShouldMatch("^HTTP/1.1 (400|401|404) ");
    }

    [Theory]
    [InlineData("' OR 1=1--")]
    [InlineData("tg-' UNION SELECT value FROM registry_entries--")]
    [InlineData("tg-%00")]
    [InlineData("\u00fc\u00fc\u00fc")]
    [InlineData("..")]
    public async Task Accepts_no_crafted_key(string key)
    {
        var response = await SendRawAsync(
            "GET /api/v1/session HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + $"Authorization: Bearer {key}\r\n\r\n"
        );

        response.ShouldMatch("^HTTP/1.1 (400|401) ");
    }

    [Fact]
    public async Task Accepts_no_token_that_shares_the_beginning_of_a_valid_one()
    {
        foreach (var sender in (string[])["root", "all", "key"])
        {
            var token = matrix.Tokens[sender];
            (await matrix.Host.GetAsync("/api/v1/session", token)).Status.ShouldBe(HttpStatusCode.OK);
            foreach (var length in (int[])[token.Length - 1, token.Length / 2, 16])
            {
                var changed = token[..length] + (token[length] == 'A' ? 'B' : 'A') + token[(length + 1)..];
                (await matrix.Host.GetAsync("/api/v1/session", token[..length])).Status.ShouldBe(
                    HttpStatusCode.Unauthorized
                );
                (await matrix.Host.GetAsync("/api/v1/session", changed)).Status.ShouldBe(HttpStatusCode.Unauthorized);
            }
        }
    }

    [Fact]
    public async Task Shows_no_hash_and_no_secret_in_any_response()
    {
        foreach (
            var route in RouteTable.All.Where(static route => route.IsSafe && route.ResponseType != "text/event-stream")
        )
        {
            var path = route
                .Path.Replace("{name}", "otto", StringComparison.Ordinal)
                .Replace("{id}", "otto", StringComparison.Ordinal)
                .Replace("{field}", "model", StringComparison.Ordinal);
            using var request = ApiHost.CreateRequest(HttpMethod.Get, path, matrix.Tokens["root"]);
            using var response = await matrix.Host.Client.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();

            if (route.Path.EndsWith("openapi.json", StringComparison.Ordinal))
                continue; // It describes the fields of requests.
            foreach (var secret in Secrets.Concat(matrix.Tokens.Values))
                text.ShouldNotContain(secret, Case.Insensitive, path);
        }
    }

    [Theory]
    [InlineData("otto", "otto")]
    [InlineData("mia", "mia")]
    [InlineData("vera", "otto")]
    [InlineData("root", "root")]
    public async Task Refuses_to_raise_the_role_of_the_sender_or_of_others(string sender, string account)
    {
        var (status, _) = await matrix.Host.SendAsync(
            HttpMethod.Patch,
            $"/api/v1/accounts/{account}",
            matrix.Tokens[sender],
            """{"role": "admin"}"""
        );

        status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Creates_no_token_with_more_rights_than_its_maker()
    {
        var limited = await matrix.Host.PostAsync(
            "/api/v1/service-tokens",
            matrix.Tokens["root"],
            """{"name": "maker", "permissions": ["tokens:write", "usage:read"]}"""
        );
        var maker = limited.Body.GetProperty("secret").GetString();

        var (status, _) = await matrix.Host.PostAsync(
            "/api/v1/service-tokens",
            maker,
            """{"name": "more", "permissions": ["usage:read", "sql:read"]}"""
        );

        status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("admin", "admin")]
    [InlineData("admin", "")]
    [InlineData("admin", "sk-1234")]
    [InlineData("root", "password")]
    public async Task Has_no_default_password(string username, string password)
    {
        var (status, _) = await matrix.Host.PostAsync(
            "/api/auth/login",
            token: null,
            $$"""{"username": "{{username}}", "password": "{{password}}"}"""
        );

        ((int)status).ShouldBeOneOf(400, 401, 429);
    }

    [Theory]
    [InlineData("""{"disabled": true}""")]
    [InlineData("""{"role": "viewer"}""")]
    public async Task Ends_the_sessions_of_a_changed_account(string change)
    {
        var name = "temporary-" + Guid.CreateVersion7().ToString("N")[20..];
        await matrix.Host.AddAccountAsync(name, Role.User);
        var token = await matrix.Host.LogInAsync(name);
        (await matrix.Host.GetAsync("/api/v1/session", token)).Status.ShouldBe(HttpStatusCode.OK);

        var changed = await matrix.Host.SendAsync(
            HttpMethod.Patch,
            $"/api/v1/accounts/{name}",
            matrix.Tokens["root"],
            change
        );

        changed.Status.ShouldBe(HttpStatusCode.OK, changed.Body.ToString());
        await Testing.Eventually.BecomesTrueAsync(async () =>
            (await matrix.Host.GetAsync("/api/v1/session", token)).Status == HttpStatusCode.Unauthorized
        );
    }

    private async Task<string> SendRawAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(matrix.Host.Address.Host, matrix.Host.Address.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadLineAsync() ?? "";
    }
}

using System.Net;
using System.Security.Cryptography;
using Tollgate.Identity.Permissions;

namespace Tollgate.Api.Tests.Endpoints;

/// <summary>A request that is repeated because its response was lost is carried out once.</summary>
public sealed class IdempotencyTests(AdminHost admin) : IClassFixture<AdminHost>
{
    [Fact]
    public async Task Returns_the_same_secret_for_a_repeated_request()
    {
        var first = await PostAsync("""{"name": "once"}""", "5f1c");
        var second = await PostAsync("""{"name": "once"}""", "5f1c");

        first.Status.ShouldBe(HttpStatusCode.Created);
        second.ShouldBe(first with { IsReplayed = true });
        var keys = await admin.Host.GetAsync("/api/v1/keys?q=once", admin.Token);
        keys.Body.GetProperty("data").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Refuses_a_key_that_was_used_for_another_request()
    {
        await PostAsync("""{"name": "a"}""", "reused");

        var other = await PostAsync("""{"name": "b"}""", "reused");

        other.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        other.Body.ShouldContain("idempotency_key_reused");
    }

    [Fact]
    public async Task Accepts_a_corrected_request_after_a_refused_one()
    {
        (await PostAsync("""{"name": ""}""", "corrected")).Status.ShouldBe(HttpStatusCode.BadRequest);

        (await PostAsync("""{"name": "right"}""", "corrected")).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Carries_out_concurrent_copies_once()
    {
        var replies = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => PostAsync("""{"name": "copied"}""", "concurrent"))
        );

        replies
            .Select(static reply => reply.Status)
            .ShouldAllBe(status => status == HttpStatusCode.Created || status == HttpStatusCode.Conflict);
        replies.ShouldContain(static reply => reply.Status == HttpStatusCode.Created);
        var keys = await admin.Host.GetAsync("/api/v1/keys?q=copied", admin.Token);
        keys.Body.GetProperty("data").GetArrayLength().ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    public async Task Refuses_an_invalid_key(string key)
    {
        var reply = await PostAsync("""{"name": "n"}""", key);

        reply.Status.ShouldBe(HttpStatusCode.BadRequest);
        reply.Body.ShouldContain("Idempotency-Key");
    }

    [Fact]
    public async Task Keeps_the_secret_encrypted()
    {
        var created = await PostAsync("""{"name": "secret"}""", "encrypted");
        var secret = created.Body.Split("\"secret\":\"")[1].Split('"')[0];

        var rows = await admin.Host.PostAsync(
            "/api/v1/query",
            admin.Token,
            """{"sql": "SELECT value FROM registry_entries WHERE kind = 'idempotency'"}"""
        );

        rows.Body.GetProperty("rows").GetArrayLength().ShouldBeGreaterThan(0);
        rows.Body.ToString().ShouldNotContain(secret);
    }

    [Fact]
    public async Task Explains_that_a_response_cannot_be_decrypted_with_another_master_key()
    {
        await using var host = new ApiHost();
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        host.Configure = settings => settings with { Identity = settings.Identity with { MasterKey = key } };
        await host.StartAsync();
        await host.AddAccountAsync("root", Role.Admin);
        var token = await host.LogInAsync("root");
        (await PostAsync(host, token, """{"name": "before"}""", "rotated")).Status.ShouldBe(HttpStatusCode.Created);

        await host.StopAsync();
        key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        await host.StartAsync();
        var repeated = await PostAsync(host, token, """{"name": "before"}""", "rotated");
        var signIn = await host.PostAsync(
            "/api/auth/login",
            token: null,
            $$"""{"username": "root", "password": "{{ApiHost.Password}}"}"""
        );

        repeated.Status.ShouldBe(HttpStatusCode.Conflict, repeated.Body);
        repeated.Body.ShouldContain("master key");
        signIn.Status.ShouldBe(HttpStatusCode.ServiceUnavailable, signIn.Body.ToString());
        signIn.Body.GetProperty("detail").GetString()!.ShouldContain("master key");
    }

    private Task<Reply> PostAsync(string body, string key) => PostAsync(admin.Host, admin.Token, body, key);

    private static async Task<Reply> PostAsync(ApiHost host, string token, string body, string key)
    {
        using var request = ApiHost.CreateRequest(HttpMethod.Post, "/api/v1/keys", token, body);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        using var response = await host.Client.SendAsync(request);
        return new Reply(
            response.StatusCode,
            response.Headers.Location?.ToString(),
            await response.Content.ReadAsStringAsync(),
            response.Headers.Contains("Idempotency-Replayed")
        );
    }

    private sealed record Reply(HttpStatusCode Status, string? Location, string Body, bool IsReplayed);
}

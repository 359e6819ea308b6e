using System.Net;

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

    private async Task<Reply> PostAsync(string body, string key)
    {
        using var request = ApiHost.CreateRequest(HttpMethod.Post, "/api/v1/keys", admin.Token, body);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        using var response = await admin.Host.Client.SendAsync(request);
        return new Reply(
            response.StatusCode,
            response.Headers.Location?.ToString(),
            await response.Content.ReadAsStringAsync(),
            response.Headers.Contains("Idempotency-Replayed")
        );
    }

    private sealed record Reply(HttpStatusCode Status, string? Location, string Body, bool IsReplayed);
}

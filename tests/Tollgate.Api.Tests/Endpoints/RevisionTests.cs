using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Tollgate.Api.Tests.Endpoints;

/// <summary>A change names the state that its sender has seen.</summary>
public sealed class RevisionTests(AdminHost admin) : IClassFixture<AdminHost>
{
    private const string Path = "/api/v1/users/ann";

    [Fact]
    public async Task Refuses_a_change_of_what_another_request_has_changed()
    {
        await admin.Host.PostAsync("/api/v1/users", admin.Token, """{"name": "ann", "email": "ann@example.com"}""");
        var first = await ReadTagAsync();
        var (status, _, second) = await ChangeAsync("""{"email": "b@example.com", "enabled": true}""", first);
        status.ShouldBe(HttpStatusCode.OK);
        second.ShouldNotBe(first);

        var stale = await ChangeAsync("""{"email": "c@example.com", "enabled": true}""", first);
        var missing = await ChangeAsync("""{"email": "c@example.com", "enabled": true}""", tag: null);

        stale.Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        stale.Code.ShouldBe("stale");
        missing.Status.ShouldBe(HttpStatusCode.PreconditionRequired);
        missing.Code.ShouldBe("revision_required");
        (await ReadTagAsync()).ShouldBe(second);
        (await ChangeAsync("""{"email": "c@example.com", "enabled": true}""", second)).Status.ShouldBe(
            HttpStatusCode.OK
        );
        (await ChangeAsync("""{"email": "d@example.com", "enabled": true}""", "*")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Deletes_only_the_state_that_was_seen()
    {
        await admin.Host.PostAsync("/api/v1/projects", admin.Token, """{"name": "p"}""");
        using var stale = ApiHost.CreateRequest(HttpMethod.Delete, "/api/v1/projects/p", admin.Token);
        stale.Headers.IfMatch.Add(new EntityTagHeaderValue("\"another\""));

        (await admin.Host.Client.SendAsync(stale)).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await admin.Host.GetAsync("/api/v1/projects/p", admin.Token)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task Accepts_one_of_several_requests_that_have_seen_the_same_state_of_an_account(string last)
    {
        var path = "/api/v1/accounts/raced-" + last.ToLowerInvariant();
        await admin.Host.PostAsync(
            "/api/v1/accounts",
            admin.Token,
            $$"""{"username": "{{path.Split('/')[^1]}}", "role": "manager"}"""
        );
        using var read = await admin.Host.Client.SendAsync(ApiHost.CreateRequest(HttpMethod.Get, path, admin.Token));
        var tag = read.Headers.ETag!.Tag;

        var statuses = await Task.WhenAll(
            Enumerable
                .Range(0, 12)
                .Select(async index =>
                {
                    var method = index % 3 == 0 ? last : "PATCH";
                    var body = method == "PATCH" ? $$"""{"teams": ["team-{{index}}"]}""" : null;
                    using var request = ApiHost.CreateRequest(new HttpMethod(method), path, admin.Token, body);
                    request.Headers.TryAddWithoutValidation("If-Match", tag);
                    using var response = await admin.Host.Client.SendAsync(request);
                    return response.StatusCode;
                })
        );

        statuses
            .Count(static status => status is HttpStatusCode.OK or HttpStatusCode.NoContent)
            .ShouldBe(1, string.Join(", ", statuses));
    }

    private async Task<string> ReadTagAsync()
    {
        using var request = ApiHost.CreateRequest(HttpMethod.Get, Path, admin.Token);
        using var response = await admin.Host.Client.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return response.Headers.ETag!.Tag;
    }

    private async Task<(HttpStatusCode Status, string? Code, string? Tag)> ChangeAsync(string body, string? tag)
    {
        using var request = ApiHost.CreateRequest(HttpMethod.Put, Path, admin.Token, body);
        if (tag is not null)
            request.Headers.TryAddWithoutValidation("If-Match", tag);
        using var response = await admin.Host.Client.SendAsync(request);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var code = json.RootElement.TryGetProperty("code", out var found) ? found.GetString() : null;
        return (response.StatusCode, code, response.Headers.ETag?.Tag);
    }
}

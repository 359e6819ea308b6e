using System.Net;
using Tollgate.Identity.Permissions;

namespace Tollgate.Api.Tests.Endpoints;

public sealed class ProviderKeyTests : IAsyncLifetime
{
    private const string Path = "/api/v1/providers/openai/key";
    private const string Key = "sk-0123456789-abcdefghijkl";

    private ConfiguredHost _host = null!;

    [Fact]
    public async Task A_stored_key_is_in_use_as_soon_as_the_response_arrives()
    {
        (await PutAsync($$"""{"key": "{{Key}}"}""")).Status.ShouldBe(HttpStatusCode.OK);

        var openai = await _host.GetAsync("/api/v1/providers/openai");
        openai.GetProperty("source").GetString().ShouldBe("registry");
        openai.GetProperty("stored_key").GetProperty("hint").GetString().ShouldBe("sk-…ijkl");
        var test = await _host.SendAsync(HttpMethod.Post, "/api/v1/providers/openai/test");
        test.Status.ShouldBe(HttpStatusCode.OK, test.Body.ToString());
        test.Body.GetProperty("outcome").GetString().ShouldBe("unreachable");

        (await _host.SendAsync(HttpMethod.Delete, Path)).Status.ShouldBe(HttpStatusCode.NoContent);

        (await _host.GetAsync("/api/v1/providers/openai")).GetProperty("configured").GetBoolean().ShouldBeFalse();
        (await _host.SendAsync(HttpMethod.Delete, Path)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _host.SendAsync(HttpMethod.Post, "/api/v1/providers/openai/test")).Status.ShouldBe(
            HttpStatusCode.Conflict
        );
    }

    [Theory]
    [InlineData("""{"key": ["sk-0123456789-abcdefghijkl"]}""")]
    [InlineData("""{"key": {"key": "sk-0123456789-abcdefghijkl"}}""")]
    [InlineData("""{"kye": "sk-0123456789-abcdefghijkl"}""")]
    [InlineData("\"sk-0123456789-abcdefghijkl\"")]
    [InlineData("""["sk-0123456789-abcdefghijkl"]""")]
    [InlineData("sk-0123456789-abcdefghijkl")]
    [InlineData("""{"key": "sk-0123456789-abcdefghijkl and more"}""")]
    public async Task No_error_repeats_the_key(string body)
    {
        var (status, problem) = await PutAsync(body);

        status.ShouldBe(HttpStatusCode.BadRequest);
        problem.ToString().ShouldNotContain("0123456789");
    }

    [Fact]
    public async Task A_key_of_an_unknown_provider_is_not_stored()
    {
        var (status, problem) = await _host.SendAsync(
            HttpMethod.Put,
            "/api/v1/providers/opnai/key",
            $$"""{"key": "{{Key}}"}"""
        );

        status.ShouldBe(HttpStatusCode.NotFound);
        problem.GetProperty("detail").GetString()!.ShouldContain("Did you mean 'openai'?");
    }

    public async ValueTask InitializeAsync()
    {
        // Nothing listens there.
        _host = await ConfiguredHost.StartAsync("", ("OPENAI_BASE_URL", "http://127.0.0.1:1/v1"));
        await _host.SignInAsync(Role.Admin);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private Task<(HttpStatusCode Status, System.Text.Json.JsonElement Body)> PutAsync(string body) =>
        _host.SendAsync(HttpMethod.Put, Path, body);
}

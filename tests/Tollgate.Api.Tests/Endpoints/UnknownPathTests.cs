using System.Net;
using System.Text.Json;

namespace Tollgate.Api.Tests.Endpoints;

/// <summary>A path with another method, and one that does not exist.</summary>
public sealed class UnknownPathTests(AdminHost admin) : IClassFixture<AdminHost>
{
    [Theory]
    [InlineData("PUT", "/api/v1/keys", "GET, POST")]
    [InlineData("GET", "/api/auth/login", "POST")]
    [InlineData("POST", "/api/v1/users/ann", "DELETE, GET, PUT")]
    public async Task Lists_the_methods_of_a_path(string method, string path, string allowed)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await admin.Host.Client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        string.Join(", ", response.Content.Headers.Allow).ShouldBe(allowed);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        problem.RootElement.GetProperty("code").GetString().ShouldBe("method_not_allowed");
        problem.RootElement.GetProperty("trace_id").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Names_the_description_of_the_routes()
    {
        var (status, problem) = await admin.Host.GetAsync("/api/v1/nothing", admin.Token);

        status.ShouldBe(HttpStatusCode.NotFound);
        problem.GetProperty("code").GetString().ShouldBe("not_found");
        problem.GetProperty("detail").GetString()!.ShouldContain("/api/v1/openapi.json");
    }
}

using System.Net;
using Tollgate.Identity.Permissions;
using Tollgate.Testing;

namespace Tollgate.Api.Tests.Endpoints;

/// <summary>One way through the whole API: sign in, create a key, see it, revoke it, sign out.</summary>
public sealed class FirstStepsTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Manages_a_key_from_sign_in_to_sign_out()
    {
        await host.AddAccountAsync("root", Role.Admin);
        var token = await host.LogInAsync("root");

        var created = await host.PostAsync(
            "/api/v1/keys",
            token,
            """{"name": "build", "team": "platform", "max_budget": "25.00", "budget_duration": "30d"}"""
        );
        created.Status.ShouldBe(HttpStatusCode.Created, created.Body.ToString());
        var id = created.Body.GetProperty("key").GetProperty("id").GetString();
        created.Body.GetProperty("secret").GetString()!.ShouldStartWith("tg-");

        var list = await host.GetAsync("/api/v1/keys?q=BUILD", token);
        list.Body.GetProperty("data").EnumerateArray().Single().GetProperty("id").GetString().ShouldBe(id);
        var limits = await host.GetAsync("/api/v1/limits", token);
        limits.Body.GetProperty("data").EnumerateArray().Single().GetProperty("amount").GetDecimal().ShouldBe(25m);

        var revoked = await host.PostAsync($"/api/v1/keys/{id}/revoke", token, "");
        revoked.Body.GetProperty("status").GetString().ShouldBe("revoked");
        var trail = await host.GetAsync("/api/v1/audit?target=" + id, token);
        trail
            .Body.GetProperty("data")
            .EnumerateArray()
            .Select(static entry => $"{entry.GetProperty("actor").GetProperty("name")} {entry.GetProperty("action")}")
            .ShouldBe(["root key.revoke", "root key.create"]);

        (await host.PostAsync("/api/auth/logout", token, "")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await host.GetAsync("/api/v1/keys", token)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Accepts_any_key_for_totals_until_there_is_something_to_protect()
    {
        await using var first = new ApiHost();
        await first.StartAsync();

        (await first.GetAsync("/api/token-usage", "any-key")).Status.ShouldBe(HttpStatusCode.OK);
        (await first.GetAsync("/api/v1/summary", "any-key")).Status.ShouldBe(HttpStatusCode.Unauthorized);

        await first.AddAccountAsync("root", Role.Admin);
        await Eventually.BecomesTrueAsync(async () =>
            (await first.GetAsync("/api/token-usage", "any-key")).Status == HttpStatusCode.Unauthorized
        );
    }
}

using System.Net;
using Tollgate.Api.Tests;

namespace Tollgate.Dashboard.Tests;

/// <summary>Changes by forms.</summary>
public sealed class FormTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    private static readonly (string Name, string Value)[] Kept = [("name", "kept")];

    [Fact]
    public async Task Creates_a_key_that_is_shown_once_and_revokes_it()
    {
        var client = await host.SignInAsync("root");

        var created = await client.PostAsync("keys", ("name", "build"), ("team", "alpha"), ("budget", "12.50"));
        var list = await client.GetAsync("keys");

        created.Status.ShouldBe(HttpStatusCode.OK, created.Text);
        created.Text.ShouldContain("id=\"secret\">tg-");
        list.Text.ShouldContain(">build<");
        list.Text.ShouldNotContain("id=\"secret\"");
        (await client.GetAsync("limits")).Text.ShouldContain("$12.50");

        var token = await host.Api.LogInAsync("root");
        var id = (await host.Api.GetAsync("/api/v1/keys?q=build", token))
            .Body.GetProperty("data")[0]
            .GetProperty("id")
            .GetString();
        (await client.PostAsync($"keys/{id}/revoke")).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await client.GetAsync("keys?all=true")).Text.ShouldContain(">revoked<");
    }

    [Theory]
    [InlineData("name", " ")]
    [InlineData("budget", "a lot")]
    [InlineData("budget", "-1")]
    [InlineData("expires", "2001-01-01")]
    public async Task Keeps_what_was_entered_when_a_value_is_not_valid(string field, string value)
    {
        var client = await host.SignInAsync("root");

        var page = await client.PostAsync("keys", [.. field == "name" ? [] : Kept, (field, value)]);

        page.Status.ShouldBe(HttpStatusCode.BadRequest, page.Text);
        page.Text.ShouldContain("role=\"alert\"");
        if (field != "name")
            page.Text.ShouldContain("value=\"kept\"");
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    public async Task Refuses_forms_of_other_sites(string site)
    {
        var client = await host.SignInAsync("root");

        (await client.PostAsync("keys", site, [("name", "x")])).Status.ShouldBe(HttpStatusCode.Forbidden);
        var signIn = await client.PostAsync("sign-in", site, [("username", "root"), ("password", ApiHost.Password)]);
        signIn.Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Refuses_a_form_that_is_too_large_for_any_page()
    {
        using var client = host.CreateClient();

        var page = await client.PostAsync(
            "sign-in",
            "same-origin",
            [("username", "root"), ("password", new string('x', 100_000))]
        );

        page.Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Refuses_forms_without_the_token_of_the_session()
    {
        var client = await host.SignInAsync("root");

        var page = await client.PostAsync("keys", "same-origin", [("name", "x"), ("form_token", "forged")]);

        page.Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Refuses_keys_for_teams_that_a_manager_does_not_lead()
    {
        var client = await host.SignInAsync("mia");

        (await client.PostAsync("keys", ("name", "x"), ("team", "beta"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await client.PostAsync("keys", ("name", "x"), ("team", "alpha"))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example/", "/")]
    [InlineData("\\\\evil.example", "/")]
    [InlineData("calls?range=30d", "/calls?range=30d")]
    public async Task Returns_only_to_pages_of_the_program(string target, string location)
    {
        using var client = host.CreateClient();

        var page = await client.PostAsync(
            "sign-in",
            "same-origin",
            [("username", "root"), ("password", ApiHost.Password), ("return", target)]
        );

        page.Location.ShouldBe(location);
    }

    [Fact]
    public async Task Signs_out()
    {
        using var client = host.CreateClient();
        await client.SignInAsync("vera", ApiHost.Password);

        (await client.PostAsync("sign-out")).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await client.GetAsync("")).Location.ShouldBe("/sign-in");
    }

    [Fact]
    public async Task Names_no_reason_for_a_wrong_name_or_password()
    {
        using var client = host.CreateClient();

        var page = await client.PostAsync(
            "sign-in",
            "same-origin",
            [("username", "no-such-person"), ("password", "wrong")]
        );

        page.Status.ShouldBe(HttpStatusCode.Unauthorized);
        page.Text.ShouldContain("Name or password is wrong.");
        page.Text.ShouldNotContain("value=\"wrong\"");
    }
}

using System.Net;
using System.Text.RegularExpressions;
using Tollgate.Dashboard.Figures;

namespace Tollgate.Dashboard.Tests;

/// <summary>What holds for every page.</summary>
public sealed partial class PageTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    public static TheoryData<string> Paths =>
        ["", "explore", "calls", "limits", "keys", "prices", "providers", "audit", "settings", "my"];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Shows_nothing_to_those_who_are_not_signed_in(string path)
    {
        using var client = host.CreateClient();

        var page = await client.GetAsync(path);

        page.Status.ShouldBe(HttpStatusCode.SeeOther);
        page.Location!.ShouldStartWith("/sign-in");
        page.Text.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Is_whole_without_script_and_loads_only_files_of_the_program(string path)
    {
        var client = await host.SignInAsync("root");

        var page = await client.GetAsync(path);

        page.Status.ShouldBe(HttpStatusCode.OK, page.Text);
        page.Headers["Content-Security-Policy"].ShouldStartWith("default-src 'none'; script-src 'self'");
        page.Headers["Cache-Control"].ShouldBe("no-store");
        InlineCode().Matches(page.Text).Select(static match => match.Value).ShouldBeEmpty();
        page.Text.ShouldNotContain(DashboardHost.Script);
        page.Text.ShouldEndWith("</html>\n");
        foreach (Match asset in AssetPath().Matches(page.Text))
            (await client.GetAsync(asset.Value)).Status.ShouldBe(HttpStatusCode.OK, asset.Value);
    }

    [Theory]
    [InlineData("?range=yesteryear")]
    [InlineData("?from=2026-13-01")]
    [InlineData("?tz=Mars/Olympus")]
    [InlineData("?filter[model][like]=x")]
    [InlineData("calls?filter[cost][gte]=much")]
    [InlineData("?compare=tomorrow")]
    [InlineData("?range=7d&range=30d")]
    public async Task Names_a_parameter_that_is_not_valid_and_shows_the_rest(string path)
    {
        var client = await host.SignInAsync("root");

        var page = await client.GetAsync(path);

        page.Status.ShouldBe(HttpStatusCode.OK, page.Text);
        page.Text.ShouldContain("""class="notice warn""");
    }

    [Theory]
    [InlineData("calls?after=forged", HttpStatusCode.BadRequest)]
    [InlineData("calls/no-such-call", HttpStatusCode.NotFound)]
    [InlineData("calls/0197f0c0-0000-7000-8000-000000000000", HttpStatusCode.NotFound)]
    public async Task Describes_what_went_wrong(string path, HttpStatusCode status)
    {
        var client = await host.SignInAsync("root");

        var page = await client.GetAsync(path);

        page.Status.ShouldBe(status);
        page.Text.ShouldContain("class=\"card message\"");
    }

    [Theory]
    [InlineData("vera", "settings", HttpStatusCode.Forbidden)]
    [InlineData("otto", "audit", HttpStatusCode.Forbidden)]
    [InlineData("otto", "calls", HttpStatusCode.OK)]
    [InlineData("mia", "", HttpStatusCode.OK)]
    public async Task Opens_to_the_roles_that_have_its_permission(string username, string path, HttpStatusCode status)
    {
        var client = await host.SignInAsync(username);

        (await client.GetAsync(path)).Status.ShouldBe(status);
    }

    [Theory]
    [InlineData("EndUser", "filter[end_user]=")]
    [InlineData("Model", "filter[model]=")]
    public async Task Links_each_group_to_its_calls(string group, string filter)
    {
        var client = await host.SignInAsync("root");

        var page = await client.GetAsync($"explore?range=7d&measure=Calls&group={group}");
        var link = page
            .Text.Split('"')
            .First(part => part.StartsWith("calls?", StringComparison.Ordinal) && part.Contains(filter));

        (await client.GetAsync(WebUtility.HtmlDecode(link))).Text.ShouldNotContain("class=\"notice warn\"");
    }

    [Fact]
    public async Task Shows_a_user_only_their_own_calls()
    {
        var client = await host.SignInAsync("otto");

        var page = await client.GetAsync("calls?range=30d");

        const string others = "filter[user]=%3Cscript";
        page.Text.ShouldContain(">otto<");
        page.Text.ShouldNotContain(others);
        (await (await host.SignInAsync("root")).GetAsync("calls?range=30d")).Text.ShouldContain(others);
    }

    [Fact]
    public async Task Shows_the_same_total_as_the_api()
    {
        var client = await host.SignInAsync("root");
        var token = await host.Api.LogInAsync("root");
        var summary = await host.Api.GetAsync("/api/v1/summary?range=30d", token);
        var cost = decimal.Parse(
            summary.Body.GetProperty("totals").GetProperty("cost").GetString()!,
            System.Globalization.CultureInfo.InvariantCulture
        );

        var page = await client.GetAsync("?range=30d");

        page.Text.ShouldContain($"title=\"{Figure.ExactCost(cost)}\"");
    }

    [GeneratedRegex("""<style|\sstyle=|\son[a-z]+="|<script(?! type="module" src=)|javascript:""")]
    private static partial Regex InlineCode();

    [GeneratedRegex("""assets/[A-Za-z0-9.]+""")]
    private static partial Regex AssetPath();
}

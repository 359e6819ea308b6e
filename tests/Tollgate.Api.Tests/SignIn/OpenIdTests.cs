using System.Net;
using System.Text.Json;
using Tollgate.Identity;
using Tollgate.Identity.Permissions;
using Tollgate.Testing;

namespace Tollgate.Api.Tests.SignIn;

/// <summary>Sign-in at a real identity provider.</summary>
[Trait("Needs", "Npm")]
public sealed class OpenIdTests : IAsyncLifetime
{
    private readonly ApiHost _host = new();
    private readonly Browser _browser = new();
    private IdentityProvider _provider = null!;

    public async ValueTask InitializeAsync()
    {
        // The provider must know the gateway's address before the gateway starts with the provider's.
        var port = FreePort.Find();
        _provider = await IdentityProvider.StartAsync(
            new Uri($"http://127.0.0.1:{port}/signin-oidc"),
            "ann=staff,llm-admins",
            "bob=staff",
            "root=llm-admins"
        );
        var options = new OpenIdOptions
        {
            Issuer = new Uri(_provider.Issuer.AbsoluteUri.TrimEnd('/')),
            ClientId = IdentityProvider.ClientId,
            ClientSecret = IdentityProvider.ClientSecret,
            Roles = [new("llm-admins", Role.Admin)],
        };
        _host.Configure = settings =>
            settings with
            {
                Urls = [$"http://127.0.0.1:{port}"],
                Identity = settings.Identity with { OpenId = options },
            };
        await _host.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        _provider.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Creates_the_account_with_the_role_of_the_group_and_finds_it_again()
    {
        var page = await SignInAsync(_browser, "ann", "/api/v1/session?");

        page.Status.ShouldBe(HttpStatusCode.OK, page.Text);
        page.Address.PathAndQuery.ShouldBe("/api/v1/session?");
        var caller = JsonDocument.Parse(page.Text).RootElement;
        caller.GetProperty("name").GetString().ShouldBe("ann");
        caller.GetProperty("role").GetString().ShouldBe("admin");

        using var another = new Browser();
        (await SignInAsync(another, "ann", "/api/v1/session")).Status.ShouldBe(HttpStatusCode.OK);
        var accounts = await another.OpenAsync(new Uri(_host.Address, "/api/v1/accounts"));
        JsonDocument.Parse(accounts.Text).RootElement.GetProperty("data").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Refuses_a_person_without_a_role()
    {
        var page = await SignInAsync(_browser, "bob", "/api/v1/session");

        page.Status.ShouldBe(HttpStatusCode.Forbidden);
        page.Text.ShouldContain("You have no role here.");
    }

    [Fact]
    public async Task Never_takes_over_an_account_with_the_same_name()
    {
        await _host.AddAccountAsync("root", Role.Admin);

        var page = await SignInAsync(_browser, "root", "/api/v1/session");

        page.Status.ShouldBe(HttpStatusCode.Forbidden);
        page.Text.ShouldContain("was not created by this identity provider");
    }

    [Fact]
    public async Task Accepts_a_return_only_in_the_browser_that_began_it()
    {
        var stolen = await SignInAsync(_browser, "ann", "/", stopBefore: IsReturn);
        using var other = new Browser();

        var page = await other.OpenAsync(stolen.Address);

        page.Status.ShouldBe(HttpStatusCode.Forbidden);
        page.Text.ShouldContain("was not begun in this browser");
    }

    [Fact]
    public async Task Accepts_a_return_once()
    {
        var back = await SignInAsync(_browser, "ann", "/api/v1/session", stopBefore: IsReturn);
        (await _browser.OpenAsync(back.Address)).Status.ShouldBe(HttpStatusCode.OK);

        var again = await _browser.OpenAsync(back.Address);

        again.Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    public async Task Leads_to_no_other_site(string page)
    {
        var end = await SignInAsync(
            _browser,
            "ann",
            page,
            stopBefore: static address => address.AbsolutePath != "/signin-oidc" && !IsProvider(address)
        );

        end.Address.ShouldBe(_host.Address);
    }

    [Fact]
    public async Task Returns_to_a_page_whose_address_has_other_characters_than_a_header_may()
    {
        var end = await SignInAsync(
            _browser,
            "ann",
            "/caf\u00e9?q=\u65e5 \u0001",
            stopBefore: static address => address.AbsolutePath.StartsWith("/caf", StringComparison.Ordinal)
        );

        end.Address.PathAndQuery.ShouldBe("/caf%C3%A9?q=%E6%97%A5%20%01");
    }

    [Fact]
    public async Task Shows_the_providers_refusal_without_its_text()
    {
        var start = await _browser.OpenAsync(Start("/"), stopBefore: IsProvider);
        var state = start.Address.Query.Split("state=")[1].Split('&')[0];

        var page = await _browser.OpenAsync(
            new Uri(_host.Address, $"/signin-oidc?state={state}&error=access_denied&error_description=%3Cscript%3E")
        );

        page.Status.ShouldBe(HttpStatusCode.Forbidden);
        page.Text.ShouldContain("access_denied");
        page.Text.ShouldNotContain("script");
    }

    private async Task<Page> SignInAsync(Browser browser, string name, string page, Func<Uri, bool>? stopBefore = null)
    {
        var login = await browser.OpenAsync(Start(page));
        login.Status.ShouldBe(HttpStatusCode.OK, login.Text);
        var consent = await browser.SubmitAsync(login, new() { ["login"] = name, ["password"] = "any" });
        return await browser.SubmitAsync(consent, [], stopBefore);
    }

    private Uri Start(string page) =>
        new(_host.Address, "/api/v1/session/oidc/start?return=" + Uri.EscapeDataString(page));

    private static bool IsReturn(Uri address) => address.AbsolutePath == "/signin-oidc";

    private static bool IsProvider(Uri address) =>
        address.AbsolutePath.StartsWith("/auth", StringComparison.Ordinal)
        || address.AbsolutePath.StartsWith("/interaction", StringComparison.Ordinal);
}

using Tollgate.Accounting.Stores.Opening;
using Tollgate.Identity.Accounts;
using Tollgate.Identity.Permissions;
using Tollgate.Identity.Sessions;
using Tollgate.Identity.Tokens;

namespace Tollgate.Identity.Tests.Tokens;

public sealed class SetupLinkTests : IdentityFixture
{
    private SetupLinks _links = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _links = await SetupLinks.OpenAsync(Ledger, Accounts, Options);
    }

    [Fact]
    public async Task Creates_the_first_administrator_once()
    {
        var issued = await _links.IssueForFirstAdminAsync();
        issued!.Token.ShouldMatch("^[A-Za-z0-9_-]{43}$");
        (await _links.FindAsync(issued.Token)).ShouldBe(issued.Link);
        issued.Link.ExpiresAt.ShouldBe(Time.GetUtcNow().AddHours(1));

        var result = await _links.CreateFirstAdminAsync(issued.Token, "Root", Password);

        result.After!.Username.ShouldBe("root");
        result.After.Role.ShouldBe(Role.Admin);
        (await TrySignInAsync("root")).ShouldBeOfType<SignInResult.Success>();
        (await _links.FindAsync(issued.Token)).ShouldBeNull();
        (await _links.CreateFirstAdminAsync(issued.Token, "other", Password)).Problem.ShouldBe(
            AccountProblem.InvalidLink
        );
        (await _links.IssueForFirstAdminAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Remains_valid_if_the_name_or_the_password_is_refused()
    {
        var issued = await _links.IssueForFirstAdminAsync();

        (await _links.CreateFirstAdminAsync(issued!.Token, "a b", Password)).Problem.ShouldBe(
            AccountProblem.InvalidName
        );
        (await _links.CreateFirstAdminAsync(issued.Token, "root", "short")).Problem.ShouldBe(
            AccountProblem.InvalidPassword
        );
        (await _links.CreateFirstAdminAsync(issued.Token, "root", Password)).IsApplied.ShouldBeTrue();
    }

    [Fact]
    public async Task Creates_one_administrator_with_two_links_used_at_once()
    {
        var tokens = new[] { await _links.IssueForFirstAdminAsync(), await _links.IssueForFirstAdminAsync() };

        var results = await Task.WhenAll(
            tokens.Select(
                (issued, number) =>
                    Task.Run(() => _links.CreateFirstAdminAsync(issued!.Token, $"root{number}", Password))
            )
        );

        results.Count(static result => result.IsApplied).ShouldBe(1);
        results.Count(static result => result.Problem == AccountProblem.NotFirst).ShouldBe(1);
        (await Accounts.ListAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Is_used_once_by_concurrent_requests()
    {
        await CreateAccountAsync("alice");
        var issued = await _links.IssueForPasswordAsync("alice");

        var results = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(number =>
                    Task.Run(() => _links.SetPasswordAsync(issued!.Token, $"{number} entirely different words"))
                )
        );

        results.Count(static result => result.IsApplied).ShouldBe(1);
        results.Count(static result => result.Problem == AccountProblem.InvalidLink).ShouldBe(5);
    }

    [Fact]
    public async Task Sets_a_password_and_ends_the_sessions()
    {
        await CreateAccountAsync("alice");
        var session = await SignInAsync("alice");
        Time.Advance(TimeSpan.FromSeconds(1));
        var issued = await _links.IssueForPasswordAsync("ALICE");
        issued!.Link.Username.ShouldBe("alice");

        var result = await _links.SetPasswordAsync(issued.Token, "another nine purple cows");

        result.IsApplied.ShouldBeTrue();
        (await Sessions.CheckAsync(session.Token)).ShouldBeNull();
        (await TrySignInAsync("alice", "another nine purple cows")).ShouldBeOfType<SignInResult.Success>();
    }

    [Fact]
    public async Task Works_only_for_its_purpose()
    {
        var setup = await _links.IssueForFirstAdminAsync();
        await CreateAccountAsync("alice");
        var reset = await _links.IssueForPasswordAsync("alice");

        (await _links.SetPasswordAsync(setup!.Token, Password)).Problem.ShouldBe(AccountProblem.InvalidLink);
        (await _links.CreateFirstAdminAsync(reset!.Token, "root", Password)).Problem.ShouldBe(
            AccountProblem.InvalidLink
        );
        (await _links.CreateFirstAdminAsync(setup.Token, "root", Password)).Problem.ShouldBe(AccountProblem.NotFirst);
        (await _links.IssueForPasswordAsync("bob")).ShouldBeNull();
    }

    [Fact]
    public async Task Expires_after_an_hour_and_is_removed()
    {
        await CreateAccountAsync("alice");
        var issued = await _links.IssueForPasswordAsync("alice");
        Time.Advance(TimeSpan.FromHours(1));

        (await _links.FindAsync(issued!.Token)).ShouldBeNull();
        (await _links.SetPasswordAsync(issued.Token, Password)).Problem.ShouldBe(AccountProblem.InvalidLink);

        await _links.IssueForPasswordAsync("alice");
        (await Ledger.OpenRegistry().ReadAsync(["sign_in_link"])).Entries.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Stores_only_the_hash_of_a_link()
    {
        var issued = await _links.IssueForFirstAdminAsync();
        var entry = (await Ledger.OpenRegistry().ReadAsync(["sign_in_link"])).Entries.ShouldHaveSingleItem();

        (entry.Name + entry.Value).ShouldNotContain(issued!.Token);
        issued.ToString().ShouldNotContain(issued.Token);
        (await _links.FindAsync(entry.Name)).ShouldBeNull(); // The hash is not a link.
        (await _links.FindAsync("' OR 1=1--")).ShouldBeNull();
        (await _links.FindAsync(null)).ShouldBeNull();
    }
}

using Tollgate.Accounting.Stores.Opening;
using Tollgate.Identity.Accounts;
using Tollgate.Identity.Permissions;

namespace Tollgate.Identity.Tests.Accounts;

public sealed class AccountRegistryTests : IdentityFixture
{
    [Fact]
    public async Task Creates_an_account_and_finds_it_by_its_normalized_name()
    {
        var result = await Accounts.CreateAsync(
            new NewAccount
            {
                Username = " Alice ",
                Role = Role.Manager,
                Password = Password,
                Teams = ["research", "research", "sales"],
            }
        );

        var found = await Accounts.FindAsync("ALICE");
        found.ShouldBe(result.After! with { Teams = found!.Teams });
        found.Username.ShouldBe("alice");
        found.User.ShouldBe("alice");
        found.Role.ShouldBe(Role.Manager);
        found.Teams.ShouldBe(["research", "sales"]);
        found.CreatedAt.ShouldBe(Time.GetUtcNow());
        found.PasswordChangedAt.ShouldBe(Time.GetUtcNow());
        found.IsEnabled.ShouldBeTrue();
        result.Before.ShouldBeNull();
    }

    [Fact]
    public async Task Never_shows_the_hash_of_a_password()
    {
        var account = await CreateAccountAsync("alice");
        var stored = (await Ledger.OpenRegistry().FindAsync("account", "alice"))!.Value;
        var row = await Accounts.FindRowAsync("alice", default);

        stored.ShouldContain("pbkdf2-sha512$1000$");
        stored.ShouldNotContain(Password);
        account.ToString().ShouldNotContain("pbkdf2");
        row!.ToString().ShouldNotContain("pbkdf2");
        new NewAccount
        {
            Username = "a",
            Role = Role.User,
            Password = Password,
        }
            .ToString()
            .ShouldNotContain(Password);
    }

    [Theory]
    [InlineData("a b", "seven unrelated llamas", AccountProblem.InvalidName)]
    [InlineData("alice", "seven unrelated llamas", AccountProblem.NameTaken)]
    [InlineData("bob", "too short", AccountProblem.InvalidPassword)]
    [InlineData("margaret.hamilton", "Margaret.Hamilton", AccountProblem.InvalidPassword)]
    public async Task Refuses_a_name_or_password_with_a_reason(string name, string password, AccountProblem problem)
    {
        await CreateAccountAsync("alice");

        var result = await Accounts.CreateAsync(
            new NewAccount
            {
                Username = name,
                Role = Role.User,
                Password = password,
            }
        );

        result.Problem.ShouldBe(problem);
        result.Message.ShouldNotBeNullOrWhiteSpace();
        result.Message.ShouldNotContain(password);
        (await Accounts.ListAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Changes_role_teams_and_user()
    {
        await CreateAccountAsync("root", Role.Admin);
        await CreateAccountAsync("alice");

        var result = await Accounts.ChangeAsync(
            "Alice",
            new AccountChange
            {
                Role = Role.Manager,
                Teams = ["research"],
                User = "alice@example.org",
            }
        );

        result.Before!.Role.ShouldBe(Role.User);
        (await Accounts.FindAsync("alice"))!.Revision.ShouldBe(result.After!.Revision);
        result.After.Role.ShouldBe(Role.Manager);
        result.After.Teams.ShouldBe(["research"]);
        result.After.User.ShouldBe("alice@example.org");
        result.After.Revision.ShouldBeGreaterThan(result.Before.Revision);
        result.After.PasswordChangedAt.ShouldBe(result.Before.PasswordChangedAt);
    }

    [Fact]
    public async Task Disables_and_enables_an_account()
    {
        await CreateAccountAsync("alice");
        Time.Advance(TimeSpan.FromMinutes(1));
        var disabledAt = Time.GetUtcNow();

        await Accounts.ChangeAsync("alice", new AccountChange { Disabled = true });
        Time.Advance(TimeSpan.FromMinutes(1));
        var again = await Accounts.ChangeAsync("alice", new AccountChange { Disabled = true });
        var enabled = await Accounts.ChangeAsync("alice", new AccountChange { Disabled = false });

        again.After!.DisabledAt.ShouldBe(disabledAt);
        enabled.After!.IsEnabled.ShouldBeTrue();
    }

    [Fact]
    public async Task Reports_an_unknown_account()
    {
        (await Accounts.ChangeAsync("bob", new AccountChange())).Problem.ShouldBe(AccountProblem.NotFound);
        (await Accounts.SetPasswordAsync("bob", Password)).Problem.ShouldBe(AccountProblem.NotFound);
        (await Accounts.DeleteAsync("no such name!")).Problem.ShouldBe(AccountProblem.NotFound);
        (await Accounts.FindAsync("' OR 1=1--")).ShouldBeNull();
    }

    [Fact]
    public async Task Finds_an_external_identity_by_issuer_and_subject_together()
    {
        var identity = new ExternalIdentity("https://idp.example", "42");
        await Accounts.CreateAsync(
            new NewAccount
            {
                Username = "alice@example.org",
                Role = Role.User,
                ExternalIdentity = identity,
            }
        );

        (await Accounts.FindAsync(identity))!.Username.ShouldBe("alice@example.org");
        (await Accounts.FindAsync(identity with { Issuer = "https://other.example" })).ShouldBeNull();
        (await Accounts.FindAsync(identity with { Subject = "4" })).ShouldBeNull();
        // The parts are not just joined.
        (await Accounts.FindAsync(new ExternalIdentity("https://idp.example4", "2"))).ShouldBeNull();
        (await Accounts.FindAsync(new ExternalIdentity("https://idp.example", "alice@example.org"))).ShouldBeNull();
    }

    [Fact]
    public async Task Gives_an_external_identity_to_one_account_only()
    {
        var identity = new ExternalIdentity("https://idp.example", "42");
        await CreateAccountAsync("alice");
        await CreateAccountAsync("bob");

        (await Accounts.LinkAsync("alice", identity)).IsApplied.ShouldBeTrue();
        (await Accounts.LinkAsync("bob", identity)).Problem.ShouldBe(AccountProblem.IdentityTaken);
        (await Accounts.LinkAsync("alice", null)).IsApplied.ShouldBeTrue();
        (await Accounts.FindAsync(identity)).ShouldBeNull();
        (await Accounts.LinkAsync("bob", identity)).IsApplied.ShouldBeTrue();
        (await Accounts.DeleteAsync("bob")).IsApplied.ShouldBeTrue();
        (await Accounts.FindAsync(identity)).ShouldBeNull();
        (await Accounts.LinkAsync("alice", identity)).IsApplied.ShouldBeTrue();
    }
}

using System.Net;
using Tollgate.Accounting.SignIns;
using Tollgate.Identity.Accounts;
using Tollgate.Identity.Passwords;
using Tollgate.Identity.Permissions;
using Tollgate.Identity.Sessions;

namespace Tollgate.Identity.Tests.Sessions;

public sealed class SignInTests : IdentityFixture
{
    [Fact]
    public async Task Begins_a_session_with_name_and_password()
    {
        await CreateAccountAsync("alice", Role.Viewer);

        var result = await SignIn.SignInAsync(" ALICE ", Password, Address, "Mozilla/5.0", SignInKind.Browser);

        var started = result.ShouldBeOfType<SignInResult.Success>().Started;
        var stored = await Store.FindAsync(started.Session.Id);
        stored.ShouldBe(started.Session);
        stored!.Account.ShouldBe("alice");
        stored.Kind.ShouldBe(SignInKind.Browser);
        stored.Method.ShouldBe(SignInMethod.Password);
        stored.Address.ShouldBe("192.0.2.7");
        stored.Agent.ShouldBe("Mozilla/5.0");
        stored.CreatedAt.ShouldBe(Time.GetUtcNow());
        stored.ExpiresAt.ShouldBe(Time.GetUtcNow() + TimeSpan.FromHours(8));
        var caller = await Sessions.CheckAsync(started.Token);
        caller!.Name.ShouldBe("alice");
        caller.Role.ShouldBe(Role.Viewer);
        caller.SessionId.ShouldBe(started.Session.Id);
        caller.Reach.ShouldBe(new Reach.Everything());
    }

    [Fact]
    public async Task Responds_in_the_same_way_to_all_wrong_credentials()
    {
        await CreateAccountAsync("root", Role.Admin);
        await CreateAccountAsync("alice");
        await CreateAccountAsync("disabled");
        await Accounts.ChangeAsync("disabled", new AccountChange { Disabled = true });
        await Accounts.CreateAsync(new NewAccount { Username = "external", Role = Role.User });

        (await TrySignInAsync("alice", "wrong")).ShouldBe(new SignInResult.WrongCredentials());
        (await TrySignInAsync("nobody")).ShouldBe(new SignInResult.WrongCredentials());
        (await TrySignInAsync("disabled")).ShouldBe(new SignInResult.WrongCredentials());
        (await TrySignInAsync("external")).ShouldBe(new SignInResult.WrongCredentials());
        (await TrySignInAsync("external", "")).ShouldBe(new SignInResult.WrongCredentials());
        (await TrySignInAsync("' OR 1=1--")).ShouldBe(new SignInResult.WrongCredentials());
        (await TrySignInAsync("a\0b")).ShouldBe(new SignInResult.WrongCredentials());
        (await TrySignInAsync(new string('a', 65_536))).ShouldBe(new SignInResult.WrongCredentials());
        (await TrySignInAsync("alice", new string('a', 65_536))).ShouldBe(new SignInResult.WrongCredentials());
        (await Store.ListAsync(new SignInSessionSelection())).ShouldBeEmpty();
    }

    /// <summary>A stored hash is not a password.</summary>
    [Fact]
    public async Task Does_not_accept_the_hash_of_the_password()
    {
        await CreateAccountAsync("alice");
        var hash = (await Accounts.FindRowAsync("alice", default))!.Stored.PasswordHash!;

        (await TrySignInAsync("alice", hash)).ShouldBe(new SignInResult.WrongCredentials());
    }

    [Fact]
    public async Task Renews_the_hash_at_sign_in_if_it_has_fewer_rounds()
    {
        using var former = new PasswordHasher(new IdentityOptions { PasswordIterations = 10 });
        var accounts = await AccountRegistry.OpenAsync(Ledger, former);
        await accounts.CreateAsync(
            new NewAccount
            {
                Username = "alice",
                Role = Role.User,
                Password = Password,
            }
        );

        await TrySignInAsync("alice", "wrong");
        (await Accounts.FindRowAsync("alice", default))!.Stored.PasswordHash.ShouldStartWith("pbkdf2-sha512$10$");
        var started = await SignInAsync("alice");

        (await Accounts.FindRowAsync("alice", default))!.Stored.PasswordHash.ShouldStartWith("pbkdf2-sha512$1000$");
        (await Sessions.CheckAsync(started.Token)).ShouldNotBeNull();
        await SignInAsync("alice");
    }

    [Fact]
    public async Task Reports_that_too_many_passwords_wait()
    {
        await CreateAccountAsync("alice");
        using var hasher = new PasswordHasher(
            new IdentityOptions
            {
                PasswordIterations = 1_000_000,
                MaxHashings = 1,
                MaxWaitingHashings = 0,
            }
        );
        var signIn = new SignIn(Accounts, hasher, Sessions, Store, Time);
        var running = hasher.HashAsync("occupies the only place");

        var result = await signIn.SignInAsync("alice", Password, Address, null, SignInKind.Browser);

        result.ShouldBe(new SignInResult.Busy());
        await running;
    }

    [Fact]
    public async Task Checks_a_password_without_a_session()
    {
        await CreateAccountAsync("alice");

        (await SignIn.FindProblemAsync("alice", Password, Address)).ShouldBeNull();
        (await SignIn.FindProblemAsync("alice", "wrong", Address)).ShouldBe(new SignInResult.WrongCredentials());
        (await Store.ListAsync(new SignInSessionSelection())).ShouldBeEmpty();
    }

    /// <summary>The password changes between its check and the beginning of the session.</summary>
    [Fact]
    public async Task Begins_no_session_with_a_password_that_was_changed_meanwhile()
    {
        var account = await CreateAccountAsync("alice");
        Time.Advance(TimeSpan.FromSeconds(1));
        await Accounts.SetPasswordAsync("alice", "another nine purple cows");

        var started = await Sessions.StartAsync(
            account,
            SignInKind.Browser,
            SignInMethod.Password,
            new SignInClient(Address, null)
        );

        started.ShouldBeNull();
        (await Sessions.ListAsync(new SignInSessionSelection { LiveAt = Time.GetUtcNow() })).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("a\0b\nc", "a\ufffdb\ufffdc")]
    [InlineData("  ", null)]
    [InlineData("", null)]
    public void Stores_a_description_that_every_database_accepts(string agent, string? stored) =>
        new SignInClient(null, agent).ShownAgent.ShouldBe(stored);

    [Fact]
    public void Cuts_a_long_description_between_characters()
    {
        var shown = new SignInClient(null, "a" + string.Concat(Enumerable.Repeat("🙂", 200))).ShownAgent!;

        shown.Length.ShouldBe(255);
        new SignInClient(null, "a\ud83d").ShownAgent.ShouldBe("a\ufffd"); // An unpaired surrogate.
        shown.ShouldEndWith("🙂");
        new SignInClient(IPAddress.Parse("::ffff:192.0.2.7"), null).ShownAddress.ShouldBe("192.0.2.7");
        new SignInClient(null, null).ShownAddress.ShouldBeNull();
    }
}

using Tollgate.Accounting.SignIns;
using Tollgate.Identity.Accounts;
using Tollgate.Identity.Permissions;
using Tollgate.Identity.Sessions;

namespace Tollgate.Identity.Tests.Sessions;

/// <summary>Changes to an account count for its sessions within a second, in every process.</summary>
public sealed class AccountChangeTests : IdentityFixture
{
    private StartedSession _browser = null!;
    private StartedSession _api = null!;
    private ActiveSessions _other = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await CreateAccountAsync("root", Role.Admin);
        await CreateAccountAsync("alice");
        (_browser, _api) = (await SignInAsync("alice"), await SignInAsync("alice", SignInKind.Api));
        _other = OpenProcess(Store).Sessions;
        (await _other.CheckAsync(_browser.Token)).ShouldNotBeNull();
        Time.Advance(TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task Ends_all_sessions_when_the_role_changes()
    {
        await Accounts.ChangeAsync("alice", new AccountChange { Role = Role.Viewer });

        await SessionsHaveEndedAsync("role_changed");
        await WatcherCatchesUpAsync();
        var again = await SignInAsync("alice");
        (await Sessions.CheckAsync(again.Token))!.Role.ShouldBe(Role.Viewer);
    }

    [Fact]
    public async Task Ends_all_sessions_when_the_account_is_disabled_and_keeps_them_ended()
    {
        await Accounts.ChangeAsync("alice", new AccountChange { Disabled = true });

        await SessionsHaveEndedAsync("disabled");
        await Accounts.ChangeAsync("alice", new AccountChange { Disabled = false });
        await WatcherCatchesUpAsync();
        (await Sessions.CheckAsync(_browser.Token)).ShouldBeNull();
        (await Sessions.CheckAsync((await SignInAsync("alice")).Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Ends_all_sessions_when_the_account_is_deleted_also_for_a_new_one_of_that_name()
    {
        await Accounts.DeleteAsync("alice");

        await SessionsHaveEndedAsync("account_deleted");
        await CreateAccountAsync("alice");
        (await Sessions.CheckAsync(_browser.Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Ends_all_other_sessions_when_the_password_changes()
    {
        await Accounts.SetPasswordAsync("alice", "another nine purple cows", _browser.Session.Id);

        (await Store.FindAsync(_api.Session.Id))!.EndReason.ShouldBe("password_changed");
        Time.Advance(TimeSpan.FromSeconds(1));
        await WatcherCatchesUpAsync();
        (await Sessions.CheckAsync(_api.Session.Id)).ShouldBeNull();
        (await _other.CheckAsync(_browser.Token)).ShouldNotBeNull();
        (await TrySignInAsync("alice")).ShouldBe(new SignInResult.WrongCredentials());
        (await TrySignInAsync("alice", "another nine purple cows")).ShouldBeOfType<SignInResult.Success>();
    }

    /// <summary>The process stopped after it had changed the password, and before it ended the sessions.</summary>
    [Fact]
    public async Task Accepts_no_session_from_before_a_change_even_if_it_was_not_ended()
    {
        var later = await Accounts.SetPasswordAsync("alice", "another nine purple cows");
        later.IsApplied.ShouldBeTrue();
        await WatcherCatchesUpAsync();
        var former = _browser.Session with { Id = Guid.CreateVersion7(_browser.Session.CreatedAt) };
        var token = SessionToken.Create(former.Id, out var hash);
        await Store.CreateAsync(former with { SecretHash = hash });

        (await Sessions.CheckAsync(token)).ShouldBeNull();
    }

    [Fact]
    public async Task Keeps_sessions_when_teams_or_user_change()
    {
        await Accounts.ChangeAsync(
            "alice",
            new AccountChange
            {
                Role = Role.User,
                User = "alice@example.org",
                Teams = ["research"],
            }
        );
        await WatcherCatchesUpAsync();
        Time.Advance(TimeSpan.FromSeconds(1));

        (await _other.CheckAsync(_browser.Token))!.Reach.ShouldBe(new Reach.Own("alice@example.org"));
    }

    [Fact]
    public async Task Accepts_a_session_of_an_account_that_was_created_just_now()
    {
        await WatcherCatchesUpAsync();
        await CreateAccountAsync("bob");
        Watcher.Snapshot.GetEntries("account").ShouldNotContain(static entry => entry.Name == "bob");

        (await Sessions.CheckAsync((await SignInAsync("bob")).Token))!.Name.ShouldBe("bob");
    }

    private async Task SessionsHaveEndedAsync(string reason)
    {
        (await Store.FindAsync(_browser.Session.Id))!.EndReason.ShouldBe(reason);
        (await Store.FindAsync(_api.Session.Id))!.EndReason.ShouldBe(reason);
        Time.Advance(TimeSpan.FromSeconds(1));
        foreach (var sessions in (ActiveSessions[])[Sessions, _other])
        {
            (await sessions.CheckAsync(_browser.Token)).ShouldBeNull();
            (await sessions.CheckAsync(_api.Session.Id)).ShouldBeNull();
        }
    }
}

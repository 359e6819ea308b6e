using Tollgate.Accounting.SignIns;
using Tollgate.Identity.Accounts;
using Tollgate.Identity.Permissions;
using Tollgate.Identity.Sessions;

namespace Tollgate.Identity.Tests.Sessions;

public sealed class ActiveSessionsTests : IdentityFixture
{
    [Fact]
    public async Task Ends_a_session_that_was_not_used_for_30_minutes()
    {
        await CreateAccountAsync("alice");
        var started = await SignInAsync("alice");
        Time.Advance(TimeSpan.FromMinutes(29));
        (await Sessions.CheckAsync(started.Token)).ShouldNotBeNull();
        Time.Advance(TimeSpan.FromMinutes(29));
        (await Sessions.CheckAsync(started.Token)).ShouldNotBeNull();
        Time.Advance(TimeSpan.FromMinutes(30));

        (await Sessions.CheckAsync(started.Token)).ShouldBeNull();

        (await Store.FindAsync(started.Session.Id))!.EndReason.ShouldBe("idle");
    }

    [Fact]
    public async Task Ends_a_session_after_8_hours_however_often_it_is_used()
    {
        await CreateAccountAsync("alice");
        var started = await SignInAsync("alice");
        for (var i = 0; i < 8 * 60 / 20; i++)
        {
            (await Sessions.CheckAsync(started.Token)).ShouldNotBeNull();
            Time.Advance(TimeSpan.FromMinutes(20));
        }

        (await Sessions.CheckAsync(started.Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Accepts_only_the_secret_of_the_session()
    {
        await CreateAccountAsync("alice");
        var (first, second) = (await SignInAsync("alice"), await SignInAsync("alice"));
        (await Sessions.CheckAsync(first.Token)).ShouldNotBeNull();
        // The identity of one session with the secret of the other.
        var mixed = first.Token[..20] + second.Token[20..];

        (await Sessions.CheckAsync(mixed)).ShouldBeNull();
        (await Sessions.CheckAsync(SessionToken.Create(first.Session.Id, out _))).ShouldBeNull();
        (await Sessions.CheckAsync(SessionToken.Create(Guid.CreateVersion7(), out _))).ShouldBeNull();
        (await Sessions.CheckAsync("' OR 1=1--")).ShouldBeNull();
        (await Sessions.CheckAsync((string?)null)).ShouldBeNull();
        (await Sessions.CheckAsync(first.Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Does_not_accept_a_session_for_the_other_kind_of_client()
    {
        await CreateAccountAsync("alice");
        var (browser, api) = (await SignInAsync("alice"), await SignInAsync("alice", SignInKind.Api));

        (await Sessions.CheckAsync(api.Token)).ShouldBeNull();
        (await Sessions.CheckAsync(browser.Session.Id)).ShouldBeNull();
        (await Sessions.CheckAsync(api.Session.Id))!.Name.ShouldBe("alice");
        (await Sessions.RotateAsync(api.Token, SignInKind.Browser)).ShouldBeNull();
        (await Sessions.RotateAsync(browser.Token, SignInKind.Api)).ShouldBeNull();
        (await Sessions.CheckAsync(browser.Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Ends_a_session_in_every_process_within_a_second()
    {
        await CreateAccountAsync("alice");
        var started = await SignInAsync("alice");
        var other = OpenProcess(Store).Sessions;
        (await other.CheckAsync(started.Token)).ShouldNotBeNull();

        (await Sessions.EndAsync(started.Session.Id, SessionEnd.SignedOut)).ShouldBeTrue();

        (await Sessions.CheckAsync(started.Token)).ShouldBeNull();
        Time.Advance(TimeSpan.FromSeconds(1));
        (await other.CheckAsync(started.Token)).ShouldBeNull();
        (await Sessions.EndAsync(started.Session.Id, SessionEnd.SignedOut)).ShouldBeFalse();
    }

    [Fact]
    public async Task Stores_the_use_of_a_session_once_a_minute()
    {
        await CreateAccountAsync("alice");
        var started = await SignInAsync("alice");
        var begin = Time.GetUtcNow();
        Time.Advance(TimeSpan.FromSeconds(59));
        await Sessions.CheckAsync(started.Token);
        (await Store.FindAsync(started.Session.Id))!.SeenAt.ShouldBe(begin);
        Time.Advance(TimeSpan.FromSeconds(1));
        await Sessions.CheckAsync(started.Token);
        (await Store.FindAsync(started.Session.Id))!.SeenAt.ShouldBe(begin.AddMinutes(1));
        Time.Advance(TimeSpan.FromSeconds(30));
        await Sessions.CheckAsync(started.Token);

        (await Store.FindAsync(started.Session.Id))!.SeenAt.ShouldBe(begin.AddMinutes(1));
    }

    [Fact]
    public async Task Reads_a_session_at_most_once_a_second()
    {
        await CreateAccountAsync("alice");
        var started = await SignInAsync("alice");
        var store = new UnreliableSignInStore(Store);
        var sessions = OpenProcess(store).Sessions;

        for (var i = 0; i < 30; i++)
        {
            (await sessions.CheckAsync(started.Token)).ShouldNotBeNull();
            Time.Advance(TimeSpan.FromMilliseconds(100));
        }

        store.Reads.ShouldBe(3);
    }

    [Fact]
    public async Task Replaces_the_secret_of_a_browser_and_accepts_the_new_one_everywhere()
    {
        await CreateAccountAsync("alice");
        var started = await SignInAsync("alice");
        var other = OpenProcess(Store).Sessions;
        (await other.CheckAsync(started.Token)).ShouldNotBeNull();

        var rotated = await Sessions.RotateAsync(started.Token, SignInKind.Browser);

        (await Sessions.CheckAsync(rotated!.Token)).ShouldNotBeNull();
        (await other.CheckAsync(rotated.Token)).ShouldNotBeNull(); // Although it still has the former one.
        (await Sessions.CheckAsync(started.Token)).ShouldBeNull();
        (await other.CheckAsync(started.Token)).ShouldBeNull();
        // Another request of the browser that was on its way does not end the session.
        (await Sessions.RotateAsync(started.Token, SignInKind.Browser)).ShouldBeNull();
        (await Sessions.CheckAsync(rotated.Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Lists_sessions_and_ends_all_but_one()
    {
        await CreateAccountAsync("alice");
        var first = await SignInAsync("alice");
        Time.Advance(TimeSpan.FromSeconds(1));
        var second = await SignInAsync("alice", SignInKind.Api);
        Time.Advance(TimeSpan.FromSeconds(1));
        var third = await SignInAsync("alice");

        var ended = await Sessions.EndAllAsync("alice", third.Session.Id, SessionEnd.Revoked);

        ended.Order().ShouldBe([first.Session.Id, second.Session.Id]);
        var live = await Sessions.ListAsync(new SignInSessionSelection { LiveAt = Time.GetUtcNow() });
        live.ShouldHaveSingleItem().Id.ShouldBe(third.Session.Id);
        (await Sessions.ListAsync(new SignInSessionSelection { Account = "alice" }))
            .Select(static session => session.Id)
            .ShouldBe([third.Session.Id, second.Session.Id, first.Session.Id]);
        (await Sessions.CheckAsync(first.Token)).ShouldBeNull();
        (await Sessions.CheckAsync(second.Session.Id)).ShouldBeNull();
        (await Sessions.CheckAsync(third.Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Does_not_list_a_session_as_live_that_was_unused_for_too_long()
    {
        await CreateAccountAsync("alice");
        await SignInAsync("alice");
        Time.Advance(TimeSpan.FromMinutes(30));

        (await Sessions.ListAsync(new SignInSessionSelection { LiveAt = Time.GetUtcNow() })).ShouldBeEmpty();
        (await Sessions.ListAsync(new SignInSessionSelection())).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Removes_sessions_long_after_they_expired()
    {
        await CreateAccountAsync("alice");
        await SignInAsync("alice");
        Time.Advance(TimeSpan.FromDays(30));
        await Sessions.CleanUpAsync();
        (await Sessions.ListAsync(new SignInSessionSelection())).Count.ShouldBe(1);
        Time.Advance(TimeSpan.FromHours(9));

        await Sessions.CleanUpAsync();

        (await Sessions.ListAsync(new SignInSessionSelection())).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Role.Admin)]
    [InlineData(Role.Manager)]
    [InlineData(Role.User)]
    [InlineData(Role.Viewer)]
    public async Task Limits_a_caller_to_the_reach_of_the_role(Role role)
    {
        await Accounts.CreateAsync(
            new NewAccount
            {
                Username = "alice",
                Role = role,
                Password = Password,
                User = "alice@example.org",
                Teams = ["research"],
            }
        );

        var caller = await Sessions.CheckAsync((await SignInAsync("alice")).Token);

        caller!.Permissions.ShouldBe(RolePermissions.For(role), ignoreOrder: true);
        Reach expected = role switch
        {
            Role.Manager => new Reach.Teams(["research"]),
            Role.User => new Reach.Own("alice@example.org"),
            _ => new Reach.Everything(),
        };
        caller.Reach.ShouldBe(expected);
    }
}

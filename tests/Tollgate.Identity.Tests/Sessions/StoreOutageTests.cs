using Tollgate.Accounting;
using Tollgate.Identity.Sessions;

namespace Tollgate.Identity.Tests.Sessions;

/// <summary>Sessions while the store cannot be reached: neither signed out nor accepted without limit.</summary>
public sealed class StoreOutageTests : IdentityFixture
{
    private UnreliableSignInStore _store = null!;
    private ActiveSessions _sessions = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _store = new UnreliableSignInStore(Store);
        _sessions = OpenProcess(_store).Sessions;
        await CreateAccountAsync("alice");
        await WatcherCatchesUpAsync();
    }

    [Fact]
    public async Task Lets_a_session_that_it_has_seen_go_on_for_15_minutes()
    {
        var started = await SignInAsync("alice");
        await _sessions.CheckAsync(started.Token);
        _store.IsAway = true;

        for (var minute = 0; minute < 15; minute++)
        {
            Time.Advance(TimeSpan.FromMinutes(1));
            (await _sessions.CheckAsync(started.Token)).ShouldNotBeNull();
        }

        Time.Advance(TimeSpan.FromSeconds(1));
        await Should.ThrowAsync<LedgerUnavailableException>(() => _sessions.CheckAsync(started.Token));
        _store.IsAway = false;
        Time.Advance(TimeSpan.FromSeconds(1));
        (await _sessions.CheckAsync(started.Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Reports_the_outage_for_a_session_that_it_has_not_seen()
    {
        var started = await SignInAsync("alice");
        _store.IsAway = true;

        await Should.ThrowAsync<LedgerUnavailableException>(() => _sessions.CheckAsync(started.Token));
        await Should.ThrowAsync<LedgerUnavailableException>(() => _sessions.CheckAsync(started.Session.Id));
    }

    [Fact]
    public async Task Neither_accepts_nor_refuses_another_secret_during_an_outage()
    {
        var started = await SignInAsync("alice");
        await _sessions.CheckAsync(started.Token);
        _store.IsAway = true;
        Time.Advance(TimeSpan.FromSeconds(2));

        // It may be a newer one.
        await Should.ThrowAsync<LedgerUnavailableException>(() =>
            _sessions.CheckAsync(SessionToken.Create(started.Session.Id, out _))
        );
    }

    [Fact]
    public async Task Asks_an_unavailable_store_once_a_second()
    {
        var started = await SignInAsync("alice");
        await _sessions.CheckAsync(started.Token);
        _store.IsAway = true;
        Time.Advance(TimeSpan.FromSeconds(1));
        var before = _store.Reads;

        for (var i = 0; i < 20; i++)
        {
            (await _sessions.CheckAsync(started.Token)).ShouldNotBeNull();
            Time.Advance(TimeSpan.FromMilliseconds(100));
        }

        (_store.Reads - before).ShouldBe(2);
    }

    [Fact]
    public async Task Ends_a_session_that_was_ended_during_the_outage_when_it_is_over()
    {
        var started = await SignInAsync("alice");
        await _sessions.CheckAsync(started.Token);
        _store.IsAway = true;
        await Store.EndAsync(started.Session.Id, "signed_out", Time.GetUtcNow());
        Time.Advance(TimeSpan.FromSeconds(2));
        (await _sessions.CheckAsync(started.Token)).ShouldNotBeNull();
        _store.IsAway = false;
        Time.Advance(TimeSpan.FromSeconds(1));

        (await _sessions.CheckAsync(started.Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Reports_the_outage_to_a_person_who_signs_in()
    {
        _store.IsAway = true;

        await Should.ThrowAsync<LedgerUnavailableException>(() =>
            OpenProcess(_store)
                .SignIn.SignInAsync("alice", Password, Address, null, Tollgate.Accounting.SignIns.SignInKind.Browser)
        );
    }

    [Fact]
    public async Task Reports_a_registry_that_could_not_be_read_for_too_long()
    {
        var started = await SignInAsync("alice");
        await Watcher.DisposeAsync();
        StopWatcher();

        await Should.ThrowAsync<LedgerUnavailableException>(() => _sessions.CheckAsync(started.Token));
    }
}

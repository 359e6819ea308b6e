using Tollgate.Accounting.SignIns;
using Tollgate.Identity.Accounts;

namespace Tollgate.Identity.Tests.Tokens;

public sealed class RefreshTokenTests : TokenFixture
{
    [Fact]
    public async Task Returns_new_tokens_of_the_same_session()
    {
        var first = await IssueAsync();
        Time.Advance(TimeSpan.FromMinutes(20));
        (await AccessTokens.CheckAsync(first.AccessToken)).ShouldBeNull();

        var second = await RefreshTokens.RefreshAsync(first.RefreshToken);

        second!.Caller.SessionId.ShouldBe(first.Caller.SessionId);
        second.RefreshToken.ShouldNotBe(first.RefreshToken);
        (await AccessTokens.CheckAsync(second.AccessToken))!.Name.ShouldBe("alice");
        (await RefreshTokens.RefreshAsync(second.RefreshToken)).ShouldNotBeNull();
        second.ToString().ShouldNotContain(second.RefreshToken);
    }

    [Fact]
    public async Task Ends_the_session_if_a_former_token_is_presented()
    {
        var first = await IssueAsync();
        var second = await RefreshTokens.RefreshAsync(first.RefreshToken);

        (await RefreshTokens.RefreshAsync(first.RefreshToken)).ShouldBeNull();

        (await Store.FindAsync(first.Caller.SessionId!.Value))!.EndReason.ShouldBe("secret_reused");
        (await RefreshTokens.RefreshAsync(second!.RefreshToken)).ShouldBeNull();
        (await AccessTokens.CheckAsync(second.AccessToken)).ShouldBeNull();
    }

    [Fact]
    public async Task Gives_new_tokens_to_at_most_one_of_several_concurrent_requests()
    {
        var first = await IssueAsync();

        var pairs = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Run(() => RefreshTokens.RefreshAsync(first.RefreshToken)))
        );

        pairs.Count(static pair => pair is not null).ShouldBe(1);
        (await Store.FindAsync(first.Caller.SessionId!.Value))!.EndReason.ShouldBe("secret_reused");
    }

    [Fact]
    public async Task Refuses_a_token_of_a_session_that_has_ended_is_idle_or_belongs_to_a_disabled_account()
    {
        var (ended, idle, disabled) = (await IssueAsync(), await IssueAsync(), await IssueAsync());
        await Sessions.EndAsync(ended.Caller.SessionId!.Value, SessionEnd.SignedOut);
        (await RefreshTokens.RefreshAsync(ended.RefreshToken)).ShouldBeNull();
        (await Store.FindAsync(ended.Caller.SessionId!.Value))!.EndReason.ShouldBe("signed_out");
        Time.Advance(TimeSpan.FromMinutes(29));
        disabled = await RefreshTokens.RefreshAsync(disabled.RefreshToken);
        Time.Advance(TimeSpan.FromMinutes(1));
        (await RefreshTokens.RefreshAsync(idle.RefreshToken)).ShouldBeNull();
        await Accounts.ChangeAsync("alice", new AccountChange { Disabled = true });

        (await RefreshTokens.RefreshAsync(disabled!.RefreshToken)).ShouldBeNull();
    }

    [Fact]
    public async Task Refuses_tokens_that_are_not_ours()
    {
        var browser = await SignInAsync("alice");
        var pair = await IssueAsync();

        (await RefreshTokens.RefreshAsync(browser.Token)).ShouldBeNull();
        (await RefreshTokens.RefreshAsync(pair.AccessToken)).ShouldBeNull();
        (await RefreshTokens.RefreshAsync("' OR 1=1--")).ShouldBeNull();
        (await RefreshTokens.RefreshAsync(null)).ShouldBeNull();
        (await RefreshTokens.IssueAsync(browser)).ShouldBeNull();
        (await Sessions.CheckAsync(browser.Token)).ShouldNotBeNull();
        (await Sessions.ListAsync(new SignInSessionSelection { LiveAt = Time.GetUtcNow() })).Count.ShouldBe(2);
    }
}

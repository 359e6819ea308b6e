using System.Buffers.Text;
using System.Text.Json;
using Tollgate.Identity.Accounts;
using Tollgate.Identity.Permissions;
using Tollgate.Identity.Tokens;

namespace Tollgate.Identity.Tests.Tokens;

public sealed class AccessTokenTests : TokenFixture
{
    [Fact]
    public async Task Has_the_header_and_the_claims_of_RFC_9068()
    {
        var pair = await IssueAsync();
        var (header, payload) = (ReadPart(pair.AccessToken, 0), ReadPart(pair.AccessToken, 1));
        var now = Time.GetUtcNow().ToUnixTimeSeconds();

        header.GetProperty("alg").GetString().ShouldBe("ES256");
        header.GetProperty("typ").GetString().ShouldBe("at+jwt");
        header.GetProperty("kid").GetString().ShouldNotBeNullOrEmpty();
        payload.GetProperty("iss").GetString().ShouldBe("tollgate");
        payload.GetProperty("aud").GetString().ShouldBe("tollgate-api");
        payload.GetProperty("sub").GetString().ShouldBe("alice");
        payload.GetProperty("role").GetString().ShouldBe("manager");
        payload.GetProperty("sid").GetString().ShouldBe(pair.Caller.SessionId!.Value.ToString("N"));
        payload.GetProperty("iat").GetInt64().ShouldBe(now);
        payload.GetProperty("exp").GetInt64().ShouldBe(now + 900);
        payload.EnumerateObject().Count().ShouldBe(7);
        pair.ExpiresIn.ShouldBe(TimeSpan.FromMinutes(15));
    }

    [Fact]
    public async Task Identifies_the_caller_with_the_rights_of_the_account_at_that_time()
    {
        await CreateAccountAsync("root", Role.Admin);
        var pair = await IssueAsync();

        var caller = await AccessTokens.CheckAsync(pair.AccessToken);

        caller!.Name.ShouldBe("alice");
        caller.Role.ShouldBe(Role.Manager);
        caller.Kind.ShouldBe(PrincipalKind.Account);
        caller.SessionId.ShouldBe(pair.Caller.SessionId);
        await Accounts.ChangeAsync("alice", new AccountChange { Teams = ["research"] });
        await WatcherCatchesUpAsync();
        (await AccessTokens.CheckAsync(pair.AccessToken))!.Reach.ShouldBe(new Reach.Teams(["research"]));
    }

    [Fact]
    public async Task Is_valid_for_15_minutes_and_30_seconds_for_clocks_that_differ()
    {
        var pair = await IssueAsync();
        Time.Advance(TimeSpan.FromSeconds((15 * 60) + 29));
        (await AccessTokens.CheckAsync(pair.AccessToken)).ShouldNotBeNull();
        Time.Advance(TimeSpan.FromSeconds(1));

        (await AccessTokens.CheckAsync(pair.AccessToken)).ShouldBeNull();
    }

    [Fact]
    public async Task Ends_with_its_session()
    {
        var (first, second) = (await IssueAsync(), await IssueAsync());
        (await AccessTokens.CheckAsync(first.AccessToken)).ShouldNotBeNull();
        await Sessions.EndAsync(first.Caller.SessionId!.Value, SessionEnd.SignedOut);

        (await AccessTokens.CheckAsync(first.AccessToken)).ShouldBeNull();
        (await AccessTokens.CheckAsync(second.AccessToken)).ShouldNotBeNull();
        await Accounts.ChangeAsync("alice", new AccountChange { Disabled = true });
        Time.Advance(TimeSpan.FromSeconds(1));
        (await AccessTokens.CheckAsync(second.AccessToken)).ShouldBeNull();
    }

    [Fact]
    public async Task Is_refused_by_another_issuer_or_audience_with_the_same_keys()
    {
        var pair = await IssueAsync();
        foreach (var options in (IdentityOptions[])[Options with { Issuer = "x" }, Options with { Audience = "x" }])
        {
            var other = new AccessTokens(Keys, Sessions, options, Time);
            (await other.CheckAsync(pair.AccessToken)).ShouldBeNull();
            (await AccessTokens.CheckAsync(await other.CreateAsync(pair.Caller))).ShouldBeNull();
        }
    }

    [Fact]
    public async Task Is_refused_if_the_name_is_not_that_of_the_session()
    {
        await CreateAccountAsync("bob");
        var pair = await IssueAsync();

        var token = await AccessTokens.CreateAsync(pair.Caller with { Name = "bob" });

        (await AccessTokens.CheckAsync(token)).ShouldBeNull();
    }

    [Fact]
    public async Task Is_created_only_for_a_caller_with_a_session()
    {
        var service = new Principal
        {
            Kind = PrincipalKind.ServiceToken,
            Name = "ci",
            Permissions = RolePermissions.For(Role.Admin),
            Reach = new Reach.Everything(),
        };

        await Should.ThrowAsync<ArgumentException>(() => AccessTokens.CreateAsync(service));
    }

    private static JsonElement ReadPart(string token, int part)
    {
        using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(token.Split('.')[part]));
        return json.RootElement.Clone();
    }
}

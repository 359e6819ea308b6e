using System.Text.Json;
using Tollgate.Accounting.Stores.Opening;
using Tollgate.Identity.Secrets;
using Tollgate.Identity.Tokens;

namespace Tollgate.Identity.Tests.Tokens;

public sealed class SigningKeyTests : TokenFixture
{
    [Fact]
    public async Task Signs_for_30_days_and_verifies_for_a_day_more()
    {
        var first = await KidAsync();
        Time.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        (await KidAsync()).ShouldBe(first);
        Time.Advance(TimeSpan.FromSeconds(1));

        var second = await KidAsync();

        second.ShouldNotBe(first);
        (await Keys.FindAsync(first, default)).ShouldNotBeNull();
        (await Keys.FindAsync(second, default)).ShouldNotBeNull();
        (await ReadKeySetAsync()).ShouldBe([second, first]);
        Time.Advance(TimeSpan.FromDays(1));
        (await Keys.FindAsync(first, default)).ShouldBeNull();
        (await ReadKeySetAsync()).ShouldBe([second]);
    }

    [Fact]
    public async Task Removes_keys_that_no_longer_verify()
    {
        await KidAsync();
        Time.Advance(TimeSpan.FromDays(30));
        await KidAsync();
        Time.Advance(TimeSpan.FromDays(30));
        await KidAsync();

        (await Ledger.OpenRegistry().ReadAsync(["signing_key"])).Entries.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Is_one_key_for_all_processes()
    {
        var kids = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ => Task.Run(async () => (await OpenKeys(Key).GetCurrentAsync(default)).KeyId))
        );

        kids.Distinct().ShouldHaveSingleItem();
        (await Ledger.OpenRegistry().ReadAsync(["signing_key"])).Entries.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Verifies_a_token_of_another_process_that_has_just_created_the_key()
    {
        (await Keys.FindAsync("unknown", default)).ShouldBeNull();
        Time.Advance(TimeSpan.FromSeconds(1));
        var others = new AccessTokens(OpenKeys(Key), Sessions, Options, Time);
        var caller = (
            await new RefreshTokens(Sessions, others, Options).IssueAsync(
                await SignInAsync("alice", Tollgate.Accounting.SignIns.SignInKind.Api)
            )
        )!;

        (await AccessTokens.CheckAsync(caller.AccessToken))!.Name.ShouldBe("alice");
    }

    [Fact]
    public async Task Stores_the_private_key_encrypted()
    {
        var key = await Keys.GetCurrentAsync(default);
        var entry = (await Ledger.OpenRegistry().FindAsync("signing_key", key.KeyId))!;

        entry.Value.ShouldContain(Key.Id);
        entry.Value.ShouldNotContain(Convert.ToBase64String(key.ECDsa.ExportPkcs8PrivateKey())[40..80]);
    }

    [Fact]
    public async Task Cannot_sign_with_another_master_key_but_verifies_with_any()
    {
        var pair = await IssueAsync();
        var others = OpenKeys(MasterKey.Create());

        (await Should.ThrowAsync<InvalidDataException>(() => others.GetCurrentAsync(default))).Message.ShouldContain(
            "to the same key in all processes"
        );
        (await new AccessTokens(others, Sessions, Options, Time).CheckAsync(pair.AccessToken)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Publishes_public_keys_only()
    {
        await KidAsync();
        using var json = JsonDocument.Parse(await Keys.WriteKeySetAsync());

        var key = json.RootElement.GetProperty("keys").EnumerateArray().ShouldHaveSingleItem();
        key.EnumerateObject()
            .Select(static property => property.Name)
            .ShouldBe(["kty", "crv", "alg", "use", "kid", "x", "y"]);
        key.GetProperty("x").GetString()!.Length.ShouldBe(43);
    }

    private async Task<string> KidAsync() => (await Keys.GetCurrentAsync(default)).KeyId;

    private async Task<IEnumerable<string?>> ReadKeySetAsync()
    {
        using var json = JsonDocument.Parse(await Keys.WriteKeySetAsync());
        return
        [
            .. json.RootElement.GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("kid").GetString()),
        ];
    }
}

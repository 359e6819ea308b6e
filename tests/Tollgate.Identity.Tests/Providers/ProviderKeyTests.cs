using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Opening;
using Tollgate.Identity.Providers;
using Tollgate.Identity.Rotation;
using Tollgate.Identity.Secrets;

namespace Tollgate.Identity.Tests.Providers;

/// <summary>The stored keys of providers, and their opening by the processes that watch the registry.</summary>
public sealed class ProviderKeyTests : IdentityFixture
{
    private const string Secret = "sk-0123456789abcdef-secret";

    private readonly MasterKey _master = MasterKey.Create();

    protected override IdentityOptions Options => base.Options with { MasterKey = _master.Export() };

    [Fact]
    public async Task Stores_a_key_encrypted_and_returns_only_its_hint()
    {
        var keys = await OpenAsync();

        var change = await keys.SetAsync("openai", $" {Secret}\n");

        change.Before.ShouldBeNull();
        change.After!.Hint.ShouldBe("sk-…cret");
        (await keys.ListAsync()).ShouldHaveSingleItem().ShouldBe(change.After);
        var entry = (await Ledger.OpenRegistry().FindAsync("provider_key", "openai"))!;
        entry.Value.ShouldNotContain("0123456789abcdef");
        (await OpenRingAsync(_master))["openai"].Secret.ShouldBe(Secret);
    }

    [Fact]
    public async Task Replaces_and_removes_a_key()
    {
        var keys = await OpenAsync();
        var first = (await keys.SetAsync("openai", Secret)).After;

        var second = await keys.SetAsync("openai", "another-key-of-enough-characters");

        second.Before.ShouldBe(first);
        (await OpenRingAsync(_master))["openai"].Secret.ShouldBe("another-key-of-enough-characters");
        (await keys.RemoveAsync("openai")).ShouldBe(second.After);
        (await keys.RemoveAsync("openai")).ShouldBeNull();
        (await OpenRingAsync(_master)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("  \n", "is empty")]
    [InlineData("sk-a b", "not printable ASCII")]
    [InlineData("sk-a\r\nx-injected: b", "not printable ASCII")]
    [InlineData("sk-ключ", "not printable ASCII")]
    public async Task Refuses_what_cannot_be_a_key_without_repeating_it(string key, string problem)
    {
        var change = await (await OpenAsync()).SetAsync("openai", key);

        change.After.ShouldBeNull();
        change.Problem!.ShouldContain(problem);
        change.Problem!.ShouldNotContain("sk-");
    }

    [Fact]
    public async Task Reports_a_key_that_another_master_key_encrypts()
    {
        await (await OpenAsync()).SetAsync("openai", Secret);

        var opened = (await OpenRingAsync(MasterKey.Create()))["openai"];

        opened.Secret.ShouldBeNull();
        opened.Stored!.Hint.ShouldBe("sk-…cret");
        opened.Problem!.ShouldContain(_master.Id);
    }

    [Fact]
    public async Task Cannot_be_opened_under_the_name_of_another_provider()
    {
        await (await OpenAsync()).SetAsync("openai", Secret);
        var store = Ledger.OpenRegistry();
        var entry = (await store.FindAsync("provider_key", "openai"))!;
        await store.ApplyAsync([RegistryChange.Put("provider_key", "groq", entry.Value)]);

        var opened = (await OpenRingAsync(_master))["groq"];

        opened.Secret.ShouldBeNull();
        opened.Problem!.ShouldContain("belongs to another entry");
    }

    [Fact]
    public async Task Reports_an_entry_that_is_not_a_key()
    {
        await Ledger.OpenRegistry().ApplyAsync([RegistryChange.Put("provider_key", "openai", "{\"hint\": 1}")]);

        (await OpenRingAsync(_master))["openai"].Problem.ShouldNotBeNull();
    }

    [Fact]
    public async Task Keeps_an_opened_key_when_another_master_key_wraps_it()
    {
        await (await OpenAsync()).SetAsync("openai", Secret);
        var boxes = 0;
        var ring = new ProviderKeyRing(() =>
        {
            boxes++;
            return new SecretBox(_master);
        });
        ring.Open(await ReadSnapshotAsync())["openai"].Secret.ShouldBe(Secret);
        var fresh = MasterKey.Create();
        await new MasterKeyRotation(Ledger).RunAsync(new SecretBox(fresh, _master));

        var opened = ring.Open(await ReadSnapshotAsync())["openai"];

        opened.Secret.ShouldBe(Secret);
        opened.Stored!.MasterKeyId.ShouldBe(fresh.Id);
        boxes.ShouldBe(1);
    }

    private Task<ProviderKeyRegistry> OpenAsync() => ProviderKeyRegistry.OpenAsync(Ledger, Options);

    private async Task<IReadOnlyDictionary<string, OpenedProviderKey>> OpenRingAsync(MasterKey master) =>
        new ProviderKeyRing(() => new SecretBox(master)).Open(await ReadSnapshotAsync());

    private async Task<RegistrySnapshot> ReadSnapshotAsync()
    {
        await using var watcher = await RegistryWatcher.StartAsync(Ledger);
        return watcher.Snapshot;
    }
}

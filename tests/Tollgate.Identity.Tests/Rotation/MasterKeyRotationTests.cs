using System.Text.Json.Nodes;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Opening;
using Tollgate.Identity.Providers;
using Tollgate.Identity.Rotation;
using Tollgate.Identity.Secrets;
using Tollgate.Identity.Tests.Tokens;

namespace Tollgate.Identity.Tests.Rotation;

public sealed class MasterKeyRotationTests : TokenFixture
{
    private const string Secret = "sk-0123456789abcdef-secret";

    private readonly MasterKey _fresh = MasterKey.Create();

    private MasterKeyRotation Rotation => new(Ledger);

    [Fact]
    public async Task Opens_signing_keys_and_provider_keys_with_the_new_master_key_alone()
    {
        var kid = (await Keys.GetCurrentAsync(default)).KeyId;
        await StoreAsync("openai");
        await StoreAsync("groq");

        (await Rotation.RunAsync(new SecretBox(_fresh, Key))).ShouldBe(3);

        (await OpenKeys(_fresh).GetCurrentAsync(default)).KeyId.ShouldBe(kid);
        (await OpenAsync(_fresh)).Values.Select(static key => key.Secret).ShouldBe([Secret, Secret]);
        (await OpenAsync(Key)).Values.ShouldAllBe(static key => key.Secret == null);
        (await Rotation.ListAsync(new SecretBox(_fresh))).ShouldAllBe(secret =>
            secret.Problem == null && secret.MasterKeyId == _fresh.Id
        );
    }

    [Fact]
    public async Task Changes_nothing_the_second_time()
    {
        await StoreAsync("openai");
        await Rotation.RunAsync(new SecretBox(_fresh, Key));
        var version = await Ledger.OpenRegistry().VersionAsync();

        (await Rotation.RunAsync(new SecretBox(_fresh, Key))).ShouldBe(0);

        (await Ledger.OpenRegistry().VersionAsync()).ShouldBe(version);
    }

    [Fact]
    public async Task Changes_nothing_if_one_secret_can_be_opened_with_neither_key()
    {
        await StoreAsync("openai");
        await StoreAsync("zebra", MasterKey.Create());
        var version = await Ledger.OpenRegistry().VersionAsync();

        await Should.ThrowAsync<InvalidDataException>(() => Rotation.RunAsync(new SecretBox(_fresh, Key)));

        (await Ledger.OpenRegistry().VersionAsync()).ShouldBe(version);
        (await Rotation.ListAsync(new SecretBox(Key)))
            .Where(static secret => secret.Problem is not null)
            .ShouldHaveSingleItem()
            .Name.ShouldBe("zebra");
    }

    [Fact]
    public async Task Keeps_what_a_newer_version_wrote_beside_the_secret()
    {
        await StoreAsync("openai");
        var store = Ledger.OpenRegistry();
        var value = JsonNode.Parse((await store.FindAsync("provider_key", "openai"))!.Value)!;
        value["organization"] = "org-1";
        await store.ApplyAsync([RegistryChange.Put("provider_key", "openai", value.ToJsonString())]);

        await Rotation.RunAsync(new SecretBox(_fresh, Key));

        (await store.FindAsync("provider_key", "openai"))!.Value.ShouldContain("org-1");
        (await OpenAsync(_fresh))["openai"].Secret.ShouldBe(Secret);
    }

    private async Task StoreAsync(string provider, MasterKey? master = null)
    {
        var options = Options with { MasterKey = (master ?? Key).Export() };
        await (await ProviderKeyRegistry.OpenAsync(Ledger, options)).SetAsync(provider, Secret);
    }

    private async Task<IReadOnlyDictionary<string, OpenedProviderKey>> OpenAsync(MasterKey master)
    {
        await using var watcher = await RegistryWatcher.StartAsync(Ledger);
        return new ProviderKeyRing(() => new SecretBox(master)).Open(watcher.Snapshot);
    }
}

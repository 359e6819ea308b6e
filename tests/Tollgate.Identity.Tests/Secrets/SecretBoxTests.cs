using System.Text;
using Tollgate.Identity.Secrets;

namespace Tollgate.Identity.Tests.Secrets;

public sealed class SecretBoxTests
{
    private static readonly byte[] Secret = Encoding.UTF8.GetBytes("sk-provider-secret");

    private readonly MasterKey _key = MasterKey.Create();
    private readonly SecretBox _box;

    public SecretBoxTests() => _box = new SecretBox(_key);

    [Fact]
    public void Opens_what_it_sealed()
    {
        var sealedSecret = _box.Seal("provider_key", "openai", Secret);

        new SecretBox(_key).Open("provider_key", "openai", sealedSecret).ShouldBe(Secret);
        sealedSecret.KeyId.ShouldBe(_key.Id);
        _box.Seal("provider_key", "openai", Secret).ShouldNotBe(sealedSecret);
        _box.Open("empty", "e", _box.Seal("empty", "e", [])).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("provider_key", "anthropic")]
    [InlineData("signing_key", "openai")]
    [InlineData("provider_key\nopenai", "")]
    public void Does_not_open_a_secret_that_was_copied_to_another_entry(string kind, string name)
    {
        var sealedSecret = _box.Seal("provider_key", "openai", Secret);

        Should
            .Throw<InvalidDataException>(() => _box.Open(kind, name, sealedSecret))
            .Message.ShouldContain("belongs to another entry");
    }

    [Fact]
    public void Does_not_open_a_secret_that_was_changed_anywhere()
    {
        var sealedSecret = _box.Seal("provider_key", "openai", Secret);
        foreach (var changed in Damage(sealedSecret.Data).Select(data => sealedSecret with { Data = data }))
            Should.Throw<InvalidDataException>(() => _box.Open("provider_key", "openai", changed));
        foreach (var changed in Damage(sealedSecret.WrappedKey).Select(key => sealedSecret with { WrappedKey = key }))
            Should.Throw<InvalidDataException>(() => _box.Open("provider_key", "openai", changed));
    }

    [Fact]
    public void Names_both_keys_if_another_master_key_sealed_a_secret()
    {
        var other = MasterKey.Create();
        var sealedSecret = new SecretBox(other).Seal("provider_key", "openai", Secret);

        var message = Should
            .Throw<InvalidDataException>(() => _box.Open("provider_key", "openai", sealedSecret))
            .Message;

        message.ShouldContain("provider_key 'openai'");
        message.ShouldContain(other.Id);
        message.ShouldContain(_key.Id);
        message.ShouldContain("TOLLGATE_MASTER_KEY");
    }

    [Fact]
    public void Wraps_the_data_key_again_for_a_new_master_key()
    {
        var sealedSecret = _box.Seal("provider_key", "openai", Secret);
        var next = MasterKey.Create();
        var rotating = new SecretBox(next, _key);

        var rewrapped = rotating.Rewrap("provider_key", "openai", sealedSecret);

        rewrapped.KeyId.ShouldBe(next.Id);
        rewrapped.Data.ShouldBe(sealedSecret.Data); // Only the data key is encrypted again.
        new SecretBox(next).Open("provider_key", "openai", rewrapped).ShouldBe(Secret);
        rotating.Open("provider_key", "openai", sealedSecret).ShouldBe(Secret);
        rotating.Rewrap("provider_key", "openai", rewrapped).ShouldBe(rewrapped);
        Should.Throw<InvalidDataException>(() => rotating.Rewrap("provider_key", "other", sealedSecret));
    }

    private static IEnumerable<string> Damage(string base64)
    {
        var bytes = Convert.FromBase64String(base64);
        for (var i = 0; i < bytes.Length; i++)
        {
            var changed = bytes.ToArray();
            changed[i] ^= 1;
            yield return Convert.ToBase64String(changed);
            yield return Convert.ToBase64String(bytes.AsSpan(0, i));
        }

        yield return "not base64";
    }
}

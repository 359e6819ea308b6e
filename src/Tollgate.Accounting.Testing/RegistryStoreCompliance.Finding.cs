using Xunit;
using static Tollgate.Accounting.Stores.RegistryChange;

namespace Tollgate.Accounting.Testing;

public abstract partial class RegistryStoreCompliance
{
    /// <summary>Rule of <c>FindAsync</c>.</summary>
    [Fact]
    public async Task Finds_the_one_entry_with_a_kind_and_a_name()
    {
        await ApplyAsync(Put("user", "ada", "1"), Put("user", "adam", "2"), Put("project", "ada", "3"));
        var read = (await Store.ReadAsync(["user"])).Entries.Single(static entry => entry.Name == "ada");
        Assert.Equal(read, await Store.FindAsync("user", "ada"));
        Assert.Equal("3", (await Store.FindAsync("project", "ada"))!.Value);
        Assert.Null(await Store.FindAsync("user", "ad"));
        Assert.Null(await Store.FindAsync("application", "ada"));
        await ApplyAsync(Delete("user", "ada"));
        Assert.Null(await Store.FindAsync("user", "ada"));
    }

    /// <summary>Names differ by their exact characters, whatever the collation of the database.</summary>
    [Fact]
    public async Task Finds_names_by_their_exact_characters()
    {
        string[] names = ["ada", "Ada", "ada ", "áda", "a\u0301da", "ada%", "ad_", "ad'a", "ад", "👩‍💻"];
        await ApplyAsync([.. names.Select(static name => Put("user", name, "{}"))]);
        foreach (var name in names)
            Assert.Equal(name, (await Store.FindAsync("user", name))?.Name);
        Assert.Null(await Store.FindAsync("user", "ADA"));
        Assert.Equal(["ad_"], await NamesAsync("ad_"));
        Assert.Equal(["ada%"], await NamesAsync("ada%"));
        Assert.Equal(["Ada"], await NamesAsync("A"));
        Assert.Equal(["👩‍💻"], await NamesAsync("👩"));
    }

    /// <summary>Rule of <c>FindByPrefixAsync</c>.</summary>
    [Fact]
    public async Task Finds_entries_whose_names_begin_with_a_text()
    {
        await ApplyAsync(Put("user", "ab", "1"), Put("user", "abc", "2"), Put("user", "abd", "3"));
        await ApplyAsync(Put("user", "b", "4"));
        await ApplyAsync(Put("project", "abe", "5"));
        Assert.Equal(["ab", "abc", "abd"], await NamesAsync("ab"));
        Assert.Equal(["abd"], await NamesAsync("abd"));
        Assert.Empty(await NamesAsync("aba"));
        Assert.Empty(await NamesAsync("c"));
        Assert.Equal(
            ["ab", "abc"],
            (await Store.FindByPrefixAsync("user", "ab", limit: 2)).Select(static entry => entry.Name)
        );
        var read = (await Store.ReadAsync(["user"])).Entries.Single(static entry => entry.Name == "abd");
        Assert.Equal(read, Assert.Single(await Store.FindByPrefixAsync("user", "abd", limit: 9)));
    }

    /// <summary>Rule of <c>FindKeysByShownPrefixAsync</c>.</summary>
    [Fact]
    public async Task Finds_keys_whose_shown_prefixes_begin_with_a_text()
    {
        await ApplyAsync(
            Put("key", "1", """{"hash":"\u0000","prefix":"tg-b"}"""),
            Put("key", "2", """{"prefix":"tg-ab","name":"x"}"""),
            Put("key", "3", """{"prefix":"tg-Ab"}"""),
            Put("key", "4", """{"prefix":null,"inner":{"prefix":"tg-ac"}}"""),
            Put("key", "5", "5")
        );
        await ApplyAsync(Put("user", "6", """{"prefix":"tg-ad"}"""), Put("key", "7", """{"prefix":"tg-a"}"""));
        Assert.Equal(["7", "2"], await ShownAsync("tg-a"));
        Assert.Equal(["3", "7", "2", "1"], await ShownAsync("tg-"));
        Assert.Empty(await ShownAsync("tg-abc"));
        Assert.Equal(["3", "7"], (await Store.FindKeysByShownPrefixAsync("tg-", limit: 2)).Select(entry => entry.Name));
        await ApplyAsync(Put("key", "2", """{"prefix":"tg-c"}"""));
        Assert.Equal(["2"], await ShownAsync("tg-c"));
        Assert.Equal(["7"], await ShownAsync("tg-a"));
    }

    /// <summary>Canceled calls do nothing.</summary>
    [Fact]
    public async Task A_canceled_call_changes_nothing()
    {
        var canceled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.FindAsync("user", "ada", canceled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.VersionAsync(canceled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Store.ApplyAsync([Put("user", "ada", "1")], canceled)
        );
        Assert.Equal(0, await Store.VersionAsync());
    }

    private async Task<IReadOnlyList<string>> ShownAsync(string prefix) =>
        [.. (await Store.FindKeysByShownPrefixAsync(prefix, limit: 99)).Select(static entry => entry.Name)];

    private async Task<IReadOnlyList<string>> NamesAsync(string prefix) =>
        [.. (await Store.FindByPrefixAsync("user", prefix, limit: 99)).Select(static entry => entry.Name)];
}

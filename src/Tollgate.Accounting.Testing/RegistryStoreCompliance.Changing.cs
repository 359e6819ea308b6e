using Tollgate.Accounting.Stores;
using Xunit;
using static Tollgate.Accounting.Stores.RegistryChange;

namespace Tollgate.Accounting.Testing;

public abstract partial class RegistryStoreCompliance
{
    /// <summary>Rule of <c>VersionAsync</c>.</summary>
    [Fact]
    public async Task A_new_directory_has_no_entries_and_no_changes()
    {
        Assert.Equal(0, await Store.VersionAsync());
        Assert.Empty((await Store.ReadAsync()).Entries);
        Assert.Equal(0, (await Store.ReadAsync(["key"])).Version);
        Assert.NotEqual("", Store.Location);
    }

    /// <summary>Every change increments the version by one, and nothing else does.</summary>
    [Fact]
    public async Task The_version_counts_changes()
    {
        Assert.Equal(1, await ApplyAsync(Put("user", "ada", "{}"), Put("user", "bob", "{}")));
        Assert.Equal(2, await ApplyAsync(Put("user", "ada", "{}")));
        Assert.Equal(2, (await Store.ApplyAsync([Put("user", "ada", "1", expected: 1)])).Version);
        Assert.Equal(2, await ApplyAsync());
        Assert.Equal(3, await ApplyAsync(Delete("user", "ada")));
        Assert.Equal(3, await Store.VersionAsync());
        Assert.Equal(3, (await Store.ReadAsync()).Version);
    }

    /// <summary>An entry contains when it was changed, and by which change.</summary>
    [Fact]
    public async Task An_entry_carries_the_version_of_its_last_change()
    {
        await ApplyAsync(Put("user", "ada", "1"));
        await ApplyAsync(Put("user", "bob", "1"));
        await ApplyAsync(Put("user", "ada", "2"));
        Assert.Equal(("2", 3), (await FindAsync("user", "ada")) is { } ada ? (ada.Value, ada.Revision) : default);
        var bob = await FindAsync("user", "bob");
        Assert.Equal(2, bob!.Revision);
        Assert.InRange(
            bob.ChangedAt,
            TimeProvider.System.GetUtcNow().AddMinutes(-5),
            TimeProvider.System.GetUtcNow().AddMinutes(5)
        );
    }

    /// <summary>The expected revision of a change decides whether it is applied.</summary>
    [Fact]
    public async Task A_change_is_made_only_where_its_entry_is_as_expected()
    {
        var first = await ApplyAsync(Put("user", "ada", "1", expected: 0));
        Assert.Equal(
            new RegistryConflict("user", "ada", 0, first),
            (await Store.ApplyAsync([Put("user", "ada", "2", expected: 0)])).Conflict
        );
        Assert.Equal(
            new RegistryConflict("user", "ada", 99, first),
            (await Store.ApplyAsync([Delete("user", "ada", expected: 99)])).Conflict
        );
        Assert.Equal(
            new RegistryConflict("user", "bob", 1, 0),
            (await Store.ApplyAsync([Put("user", "bob", "1", expected: 1)])).Conflict
        );
        Assert.Equal("1", (await FindAsync("user", "ada"))!.Value);

        var second = await ApplyAsync(Put("user", "ada", "2", expected: first));
        await ApplyAsync(Delete("user", "ada", expected: second), Delete("user", "bob", expected: 0));
        Assert.Empty((await Store.ReadAsync()).Entries);
    }

    /// <summary>All or none.</summary>
    [Fact]
    public async Task One_conflict_leaves_every_entry_as_it_was()
    {
        await ApplyAsync(Put("user", "ada", "1"), Put("user", "bob", "1"));
        var outcome = await Store.ApplyAsync([
            Put("user", "ada", "2"),
            Delete("user", "bob"),
            Put("user", "eve", "2"),
            Put("project", "x", "1", expected: 7),
        ]);
        Assert.Equal(new RegistryConflict("project", "x", 7, 0), outcome.Conflict);
        Assert.False(outcome.IsApplied);
        Assert.Equal(
            ["ada 1", "bob 1"],
            (await Store.ReadAsync()).Entries.Select(entry => $"{entry.Name} {entry.Value}").Order()
        );
    }

    /// <summary>A name that was reused is not mistaken for the earlier entry.</summary>
    [Fact]
    public async Task An_entry_that_was_made_again_has_another_revision()
    {
        var first = await ApplyAsync(Put("user", "ada", "1"));
        await ApplyAsync(Delete("user", "ada"));
        var second = await ApplyAsync(Put("user", "ada", "1"));
        Assert.NotEqual(first, second);
        Assert.NotNull((await Store.ApplyAsync([Put("user", "ada", "2", expected: first)])).Conflict);
    }

    /// <summary>All stores reject what some store could not keep.</summary>
    [Theory]
    [InlineData("", "n", "{}")]
    [InlineData("Key", "n", "{}")]
    [InlineData("key", "", "{}")]
    [InlineData("key", " ", "{}")]
    [InlineData("key", "a\nb", "{}")]
    [InlineData("key", "n", "")]
    [InlineData("key", "n", "{\"a\":")]
    public async Task What_cannot_be_kept_is_refused(string kind, string name, string value)
    {
        await Assert.ThrowsAsync<ArgumentException>(() =>
            Store.ApplyAsync([Put("user", "good", "1"), Put(kind, name, value)])
        );
        await Assert.ThrowsAsync<ArgumentException>(() =>
            Store.ApplyAsync([Put("user", "twice", "1"), Delete("user", "twice")])
        );
        // An unpaired surrogate, which no attribute can contain.
        await Assert.ThrowsAsync<ArgumentException>(() => Store.ApplyAsync([Put("user", "a\ud800", "1")]));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.ApplyAsync([Put("user", "a", "\"\ud800\"")]));
        await Assert.ThrowsAsync<ArgumentException>(() =>
            Store.ApplyAsync([Put("user", new string('n', RegistryChanges.MaxNameLength + 1), "1")])
        );
        Assert.Equal(0, await Store.VersionAsync());
    }
}

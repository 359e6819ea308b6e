using System.Globalization;
using System.Text.Json.Nodes;
using Tollgate.Accounting.Stores;
using Xunit;
using static Tollgate.Accounting.Stores.RegistryChange;

namespace Tollgate.Accounting.Testing;

public abstract partial class RegistryStoreCompliance
{
    /// <summary>
    /// No name or value is lost, truncated or changed, and names that differ in any way are different.
    /// </summary>
    [Fact]
    public async Task Entries_come_back_as_they_were_put()
    {
        string[] names =
        [
            "ada",
            "Ada",
            "ada ",
            " ada",
            "a\u2011da",
            "é",
            "e\u0301",
            "e",
            "模型",
            "🚪",
            "%",
            "_",
            "'",
            "\\",
            "\"",
            "a,b",
            "{}",
            "$1",
            "@p1",
            new string('n', RegistryChanges.MaxNameLength),
            new string('界', RegistryChanges.MaxNameLength),
        ];
        string[] values =
        [
            "{}",
            "[]",
            "null",
            "1",
            "{ \"a\" :1.50 }",
            new JsonArray([.. names.Select(static name => JsonValue.Create(name))]).ToJsonString(),
            "\"" + new string('€', RegistryChanges.MaxValueBytes / 4) + "\"",
            "\"\\u0000'\\\\\"",
        ];
        var changes = names.Select((name, index) => Put("user", name, values[index % values.Length])).ToArray();
        await ApplyAsync(changes);
        var entries = (await Store.ReadAsync()).Entries.OrderBy(entry => entry.Name, StringComparer.Ordinal);
        Assert.Equal(
            changes
                .OrderBy(change => change.Name, StringComparer.Ordinal)
                .Select(change => (change.Name, change.Value)),
            entries.Select(entry => (entry.Name, (string?)entry.Value))
        );
    }

    /// <summary>A name belongs to its kind, and reading returns the requested kinds.</summary>
    [Fact]
    public async Task Kinds_are_kept_apart()
    {
        await ApplyAsync(Put("user", "x", "1"), Put("project", "x", "2"), Put("limit", "x", "3"));
        await ApplyAsync(Delete("user", "x"));
        Assert.Equal(["2"], (await Store.ReadAsync(["project"])).Entries.Select(entry => entry.Value));
        Assert.Equal(
            ["2", "3"],
            (await Store.ReadAsync(["project", "limit", "user"])).Entries.Select(entry => entry.Value).Order()
        );
        Assert.Empty((await Store.ReadAsync([])).Entries);
        Assert.Equal(2, (await Store.ReadAsync([])).Version);
    }

    /// <summary>A change by one process is visible to another.</summary>
    [Fact]
    public async Task Another_process_sees_a_change_at_once()
    {
        var other = Open();
        var version = await ApplyAsync(Put("user", "ada", "1"));
        Assert.Equal(version, await other.VersionAsync());
        Assert.NotNull((await other.ApplyAsync([Put("user", "ada", "2", expected: 0)])).Conflict);
        Assert.True((await other.ApplyAsync([Put("user", "ada", "2", expected: version)])).IsApplied);
        Assert.Equal("2", (await FindAsync("user", "ada"))!.Value);
    }

    /// <summary>
    /// Processes that read, expect and retry on a conflict lose no change, however many do so at once.
    /// </summary>
    [Fact]
    public async Task Writers_at_the_same_time_lose_no_change()
    {
        const int writers = 4,
            each = 20;
        await ApplyAsync(Put("user", "count", "0"));
        await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(() => IncrementAsync(Open(), each))));
        Assert.Equal(
            (writers * each).ToString(CultureInfo.InvariantCulture),
            (await FindAsync("user", "count"))!.Value
        );
        Assert.Equal(1 + (writers * each), await Store.VersionAsync());
    }

    /// <summary>If several create the same entry, one succeeds.</summary>
    [Fact]
    public async Task An_entry_is_made_once()
    {
        var outcomes = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(index => Task.Run(() => Open().ApplyAsync([Put("user", "ada", $"{index}", expected: 0)])))
        );
        Assert.Equal(1, outcomes.Count(outcome => outcome.IsApplied));
    }

    /// <summary>
    /// Rule of <c>ReadAsync</c>: no reader sees half of a change, or a version that is not that of the entries.
    /// </summary>
    [Fact]
    public async Task A_reader_sees_whole_changes_only()
    {
        await ApplyAsync(Put("user", "a", "1"), Put("project", "b", "1"));
        var writing = Task.Run(async () =>
        {
            var writer = Open();
            for (var i = 2; i < 60; i++)
                Assert.True(
                    (await writer.ApplyAsync([Put("user", "a", $"{i}"), Put("project", "b", $"{i}")])).IsApplied
                );
        });
        long last = 0;
        while (!writing.IsCompleted)
        {
            var contents = await Store.ReadAsync();
            Assert.Single(contents.Entries.Select(entry => entry.Value).Distinct());
            Assert.All(contents.Entries, entry => Assert.Equal(contents.Version, entry.Revision));
            Assert.True(contents.Version >= last, "the version never falls");
            last = contents.Version;
        }

        await writing;
    }

    /// <summary>Rule of <c>MigrateAsync</c>.</summary>
    [Fact]
    public async Task Migrating_again_keeps_what_is_there()
    {
        await ApplyAsync(Put("user", "ada", "1"));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Open().MigrateAsync())));
        Assert.Equal(1, await Store.VersionAsync());
        Assert.NotNull(await FindAsync("user", "ada"));
    }

    private static async Task IncrementAsync(IRegistryStore store, int times)
    {
        while (times > 0)
        {
            var entry = Assert.Single((await store.ReadAsync(["user"])).Entries);
            var next = (int.Parse(entry.Value, CultureInfo.InvariantCulture) + 1).ToString(
                CultureInfo.InvariantCulture
            );
            if ((await store.ApplyAsync([Put("user", "count", next, entry.Revision)])).IsApplied)
                times--;
        }
    }
}

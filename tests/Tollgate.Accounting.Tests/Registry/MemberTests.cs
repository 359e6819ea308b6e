using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Opening;
using Tollgate.Accounting.Tests.Ledger;

namespace Tollgate.Accounting.Tests.Registry;

public sealed class MemberTests : LedgerFixture
{
    [Fact]
    public async Task Members_are_added_changed_and_removed_by_name()
    {
        var users = await Users.OpenAsync(Options);
        (
            await users.AddAsync(
                new User
                {
                    Name = "Ada",
                    OrganizationUnit = "R&D",
                    Email = "ada@example.com",
                }
            )
        ).ShouldBeTrue();
        (await users.AddAsync(new User { Name = "Ada" })).ShouldBeFalse();
        (await users.AddAsync(new User { Name = "ada" })).ShouldBeTrue("names are compared by their exact characters");

        (await users.UpdateAsync("Ada", user => user with { Enabled = false }))!.Enabled.ShouldBeFalse();
        (await users.UpdateAsync("nobody", user => user)).ShouldBeNull();
        (await users.FindAsync("Ada")).ShouldBe(
            new User
            {
                Name = "Ada",
                OrganizationUnit = "R&D",
                Email = "ada@example.com",
                Enabled = false,
            }
        );

        (await users.DeleteAsync("ada")).ShouldBeTrue();
        (await users.DeleteAsync("ada")).ShouldBeFalse();
        (await users.ListAsync()).Select(user => user.Name).ShouldBe(["Ada"]);
    }

    [Fact]
    public async Task A_name_that_no_call_could_bring_is_refused()
    {
        var projects = await Projects.OpenAsync(Options);
        foreach (var name in (string[])["", " ", "a\tb", new string('x', 257)])
            await Should.ThrowAsync<ArgumentException>(() => projects.AddAsync(new Project { Name = name }));
        await projects.AddAsync(new Project { Name = "a" });
        await Should.ThrowAsync<ArgumentException>(() =>
            projects.UpdateAsync("a", project => project with { Name = "b" })
        );
    }

    [Fact]
    public async Task A_snapshot_holds_all_of_the_directory()
    {
        await (await Users.OpenAsync(Options)).AddAsync(new User { Name = "x" });
        await (await Projects.OpenAsync(Options)).AddAsync(new Project { Name = "x", Description = "p" });
        await (await Applications.OpenAsync(Options)).AddAsync(new Application { Name = "x", Description = "a" });
        await (await Conversations.OpenAsync(Options)).AddAsync(new Conversation { Name = "x", Description = "s" });
        await Options.OpenRegistry().ApplyAsync([RegistryChange.Put("limit", "global", """{"most":5}""")]);
        await using var watcher = await RegistryWatcher.StartAsync(Options);

        var snapshot = watcher.Snapshot;

        (
            snapshot.Users.Count,
            snapshot.Projects["x"].Description,
            snapshot.Applications["x"].Description,
            snapshot.Conversations["x"].Description
        ).ShouldBe((1, "p", "a", "s"));
        snapshot.GetEntries("limit").ShouldHaveSingleItem().Value.ShouldBe("""{"most":5}""");
        snapshot.GetEntries("nothing").ShouldBeEmpty();
        snapshot.Version.ShouldBe(5);
    }
}

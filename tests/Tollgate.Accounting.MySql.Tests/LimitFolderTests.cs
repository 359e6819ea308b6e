using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.MySql.Tests;

public sealed class LimitFolderTests(MySqlServer server) : MySqlTest(server)
{
    private static readonly LimitFolder Here = new(Guid.CreateVersion7(), "here:/data"),
        There = new(Guid.CreateVersion7(), "there:/data");

    [Fact]
    public async Task Folders_whose_gates_serve_see_one_another_and_not_themselves()
    {
        (await Store.AnnounceAsync(Here)).ShouldBeEmpty();
        (await Store.AnnounceAsync(Here)).ShouldBeEmpty("a second gate of the same folder counts with the first");
        (await Open().AnnounceAsync(There)).ShouldBe([Here]);
        (await Store.AnnounceAsync(Here)).ShouldBe([There]);

        await Store.WithdrawAsync(Here);
        (await Store.AnnounceAsync(There)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_folder_whose_gate_was_killed_is_forgotten_by_the_servers_clock()
    {
        await Store.AnnounceAsync(Here);
        await ExecuteAsync("UPDATE limit_folders SET seen_at = seen_at - INTERVAL 31 SECOND");
        (await Store.AnnounceAsync(There)).ShouldBeEmpty();
        (await Store.AnnounceAsync(Here)).ShouldBe([There]);
    }

    [Fact]
    public async Task Of_folders_that_come_at_once_all_but_one_see_another()
    {
        var found = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(index => Open().AnnounceAsync(new LimitFolder(Guid.CreateVersion7(), $"gate {index}")))
        );
        found.Count(static others => others.Count == 0).ShouldBeLessThanOrEqualTo(1);
    }
}

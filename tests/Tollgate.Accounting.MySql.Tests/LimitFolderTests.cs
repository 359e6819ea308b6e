using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.MySql.Tests;

public sealed class LimitFolderTests(MySqlServer server) : MySqlTest(server)
{
    private static readonly InstanceHeartbeat Here = new(Guid.CreateVersion7(), "here:/data"),
        There = new(Guid.CreateVersion7(), "there:/data");

    [Fact]
    public async Task Folders_of_serving_gateways_see_one_another_and_not_themselves()
    {
        (await Store.RegisterAsync(Here)).ShouldBeEmpty();
        (await Store.RegisterAsync(Here)).ShouldBeEmpty("a second gate of the same folder counts with the first");
        (await Open().RegisterAsync(There)).ShouldBe([Here]);
        (await Store.RegisterAsync(Here)).ShouldBe([There]);

        await Store.UnregisterAsync(Here);
        (await Store.RegisterAsync(There)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_folder_of_a_killed_gateway_expires_by_the_servers_clock()
    {
        await Store.RegisterAsync(Here);
        await ExecuteAsync("UPDATE limit_folders SET seen_at = seen_at - INTERVAL 31 SECOND");
        (await Store.RegisterAsync(There)).ShouldBeEmpty();
        (await Store.RegisterAsync(Here)).ShouldBe([There]);
    }

    [Fact]
    public async Task Of_folders_that_come_at_once_all_but_one_see_another()
    {
        var found = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(index => Open().RegisterAsync(new InstanceHeartbeat(Guid.CreateVersion7(), $"gate {index}")))
        );
        found.Count(static others => others.Count == 0).ShouldBeLessThanOrEqualTo(1);
    }
}

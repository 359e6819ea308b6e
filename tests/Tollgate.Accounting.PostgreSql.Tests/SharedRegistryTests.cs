using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Testing;

namespace Tollgate.Accounting.PostgreSql.Tests;

/// <summary>What several data folders share through one server.</summary>
public sealed class SharedRegistryTests(PostgreSqlServer server) : PostgreSqlTest(server)
{
    private readonly TemporaryFolder _here = new(),
        _there = new();
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task A_key_made_in_one_folder_works_in_another_and_is_in_no_local_file()
    {
        var issued = await (await VirtualKeys.OpenAsync(On(_here))).CreateAsync(
            new NewVirtualKey
            {
                Name = "ci",
                Team = "search",
                Metadata = new Dictionary<string, string> { ["ticket"] = "42" },
            }
        );

        await using var watcher = await RegistryWatcher.StartAsync(On(_there));

        watcher.Snapshot.Keys.Find(issued.Secret, _time.GetUtcNow(), out var found).ShouldBe(VirtualKeyStatus.Active);
        (found!.Team, found.Metadata!["ticket"]).ShouldBe(("search", "42"));
        (await (await VirtualKeys.OpenAsync(On(_there))).RevokeAsync(issued.Key.Id)).ShouldNotBeNull();
        (await (await VirtualKeys.OpenAsync(On(_here))).ListAsync())[0].RevokedAt.ShouldNotBeNull();
        (
            await (await VirtualKeys.OpenAsync(new LedgerOptions { DataFolder = _here.Path })).ListAsync()
        ).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_contents_of_the_local_file_move_to_a_server_once()
    {
        var local = new LedgerOptions { DataFolder = _here.Path, TimeProvider = _time };
        var localKeys = await VirtualKeys.OpenAsync(local);
        var (kept, later) = (
            await localKeys.CreateAsync(new NewVirtualKey { Name = "kept" }),
            default(IssuedVirtualKey)
        );
        await (await Users.OpenAsync(local)).AddAsync(new User { Name = "ada", Email = "local" });
        await (await Users.OpenAsync(On(_there))).AddAsync(new User { Name = "ada", Email = "server" });

        await using (var watcher = await RegistryWatcher.StartAsync(On(_here)))
        {
            watcher.Snapshot.Keys.Find(kept.Secret, _time.GetUtcNow(), out _).ShouldBe(VirtualKeyStatus.Active);
            watcher.Snapshot.Users["ada"].Email.ShouldBe("server", "what the server has is what all gates go by");
        }

        await (await VirtualKeys.OpenAsync(On(_there))).RevokeAsync(kept.Key.Id);
        later = await localKeys.CreateAsync(new NewVirtualKey { Name = "later" });
        await using var again = await RegistryWatcher.StartAsync(On(_here));
        again
            .Snapshot.Keys.Find(kept.Secret, _time.GetUtcNow(), out _)
            .ShouldBe(VirtualKeyStatus.Revoked, "it is not handed over again");
        again.Snapshot.Keys.Find(later.Secret, _time.GetUtcNow(), out _).ShouldBe(VirtualKeyStatus.Active);
        (await localKeys.ListAsync()).Count.ShouldBe(2, "a gate set back to its file is as closed as before");
    }

    [Fact]
    public async Task A_registry_that_loses_its_keys_does_not_open_the_gateway()
    {
        await (await VirtualKeys.OpenAsync(On(_here))).CreateAsync(new NewVirtualKey { Name = "n" });
        await using var watcher = await RegistryWatcher.StartAsync(On(_here));
        await ExecuteAsync("DELETE FROM registry_entries; UPDATE registry_version SET version = version + 1");

        _time.Advance(RegistryWatcher.PollInterval);
        await Eventually.BecomesTrueAsync(() => watcher.Snapshot.GetEntries(RegistryKinds.Key).Count == 0);

        watcher.Snapshot.Keys.AnyKeyEverExisted.ShouldBeTrue();
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        _here.Dispose();
        _there.Dispose();
    }

    private LedgerOptions On(TemporaryFolder folder) =>
        new()
        {
            DataFolder = folder.Path,
            TimeProvider = _time,
            Store = Open(),
        };
}

using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Testing;

namespace Tollgate.Accounting.PostgreSql.Tests;

/// <summary>What a gate knows of the directory while its server is away.</summary>
public sealed class RegistryOutageTests(ServerToStop server) : PostgreSqlTest(server), IClassFixture<ServerToStop>
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new();

    private string SnapshotFile => _folder.File("registry.snapshot");

    [Fact]
    public async Task The_last_directory_is_kept_in_a_file_and_serves_for_fifteen_minutes_after_it_was_confirmed()
    {
        var issued = await (await VirtualKeys.OpenAsync(Options())).CreateAsync(new NewVirtualKey { Name = "n" });
        await using (await RegistryWatcher.StartAsync(Options()))
        {
            // It is only looked at once, so the file says when.
        }

        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(SnapshotFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await File.ReadAllTextAsync(SnapshotFile)).ShouldNotContain(issued.Secret);
        await Server.StopAsync();

        _time.Advance(TimeSpan.FromMinutes(14));
        await using (var watcher = await RegistryWatcher.StartAsync(Options()))
        {
            (watcher.HasSnapshot, watcher.IsStale).ShouldBe((true, false));
            watcher.Snapshot.Keys.Find(issued.Secret, _time.GetUtcNow(), out _).ShouldBe(VirtualKeyStatus.Active);
            watcher.LastFailure!.Message.ShouldContain("PostgreSQL at 127.0.0.1");
            _time.Advance(TimeSpan.FromMinutes(1) + TimeSpan.FromMilliseconds(1));
            watcher.IsStale.ShouldBeTrue("the start does not begin the time anew");
        }

        await using (var late = await RegistryWatcher.StartAsync(Options()))
            (late.HasSnapshot, late.IsStale, late.Snapshot.Keys.AnyKeyEverExisted).ShouldBe((true, true, true));
        await Server.StartAsync();
    }

    [Fact]
    public async Task A_snapshot_under_its_former_name_is_read_and_replaced()
    {
        var issued = await (await VirtualKeys.OpenAsync(Options())).CreateAsync(new NewVirtualKey { Name = "n" });
        await using (await RegistryWatcher.StartAsync(Options())) { }
        var former = _folder.File("directory.snapshot");
        File.Move(SnapshotFile, former);
        await Server.StopAsync();

        await using (var watcher = await RegistryWatcher.StartAsync(Options()))
            watcher.Snapshot.Keys.Find(issued.Secret, _time.GetUtcNow(), out _).ShouldBe(VirtualKeyStatus.Active);

        await Server.StartAsync();
        await using (await RegistryWatcher.StartAsync(Options())) { }
        (File.Exists(SnapshotFile), File.Exists(former)).ShouldBe((true, false));
    }

    [Fact]
    public async Task Without_a_file_nothing_is_known_until_the_server_is_back()
    {
        var issued = await (await VirtualKeys.OpenAsync(Options())).CreateAsync(new NewVirtualKey { Name = "n" });
        await Server.StopAsync();
        await using var watcher = await RegistryWatcher.StartAsync(Options());
        (watcher.HasSnapshot, watcher.IsStale).ShouldBe((false, true));

        await Server.StartAsync();
        await Eventually.BecomesTrueAsync(() =>
        {
            _time.Advance(RegistryWatcher.PollInterval);
            return watcher.LastFailure is null;
        });

        (watcher.HasSnapshot, watcher.IsStale).ShouldBe((true, false));
        watcher.Snapshot.Keys.Find(issued.Secret, _time.GetUtcNow(), out _).ShouldBe(VirtualKeyStatus.Active);
    }

    [Theory]
    [InlineData("127.0.0.1", "localhost")] // Another server's directory.
    [InlineData("{", "")] // No file that this program wrote.
    [InlineData("prefix", "suffix")] // A key that nobody could read.
    public async Task A_file_that_is_not_this_directorys_is_as_none(string what, string becomes)
    {
        await (await VirtualKeys.OpenAsync(Options())).CreateAsync(new NewVirtualKey { Name = "n" });
        await using (await RegistryWatcher.StartAsync(Options()))
        {
            // Writes the file.
        }

        await File.WriteAllTextAsync(
            SnapshotFile,
            (await File.ReadAllTextAsync(SnapshotFile)).Replace(what, becomes, StringComparison.Ordinal)
        );
        await Server.StopAsync();

        await using (var watcher = await RegistryWatcher.StartAsync(Options()))
            watcher.HasSnapshot.ShouldBeFalse();
        await Server.StartAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        _folder.Dispose();
    }

    private LedgerOptions Options() =>
        new()
        {
            DataFolder = _folder.Path,
            TimeProvider = _time,
            Store = Open(),
        };
}

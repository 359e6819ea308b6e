using Microsoft.Extensions.Logging;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Tests.Ledger;
using Tollgate.Accounting.Tests.Logging;

namespace Tollgate.Accounting.Tests.Registry;

public sealed class VirtualKeyTests : LedgerFixture
{
    [Fact]
    public async Task A_new_key_is_accepted_and_carries_what_it_is_bound_to()
    {
        var keys = await VirtualKeys.OpenAsync(Options);
        var issued = await keys.CreateAsync(
            new NewVirtualKey
            {
                Name = "ci",
                User = "ann",
                Project = "apollo",
                AllowedModels = ["gpt-4o", "claude"],
                ExpiresAt = Time.GetUtcNow().AddDays(1),
            }
        );
        await using var watcher = await RegistryWatcher.StartAsync(Options);

        watcher.Snapshot.Keys.Find(issued.Secret, Time.GetUtcNow(), out var found).ShouldBe(VirtualKeyStatus.Active);

        found!.AllowedModels.ShouldBe(["gpt-4o", "claude"]);
        (found with { AllowedModels = null }).ShouldBe(issued.Key with { AllowedModels = null });
        (found.Allows("gpt-4o"), found.Allows("gpt-4o-mini")).ShouldBe((true, false));
        watcher
            .Snapshot.Keys.Find(issued.Secret, Time.GetUtcNow().AddDays(1), out _)
            .ShouldBe(VirtualKeyStatus.Expired);
        watcher
            .Snapshot.Keys.Find(System.Text.Encoding.UTF8.GetBytes(issued.Secret), Time.GetUtcNow(), out _)
            .ShouldBe(VirtualKeyStatus.Active);
    }

    [Fact]
    public async Task A_key_is_found_by_its_id_or_by_a_prefix_that_no_other_key_has()
    {
        var keys = await VirtualKeys.OpenAsync(Options);
        var key = (await keys.CreateAsync(new NewVirtualKey { Name = "n" })).Key;

        foreach (var text in (string[])[key.Id, key.Id[..^1], key.Prefix, key.Prefix[..5]])
            (await keys.FindAsync(text)).ShouldNotBeNull(text).Id.ShouldBe(key.Id, text);
        foreach (var text in (string[])["tg-", "x", key.Id + "0", key.Prefix + "x", "a\0b", "\ud800"])
            (await keys.FindAsync(text)).ShouldBeNull(text);
    }

    [Fact]
    public async Task The_key_itself_is_stored_nowhere()
    {
        var issued = await (await VirtualKeys.OpenAsync(Options)).CreateAsync(new NewVirtualKey { Name = "n" });

        issued.Secret.ShouldStartWith("tg-");
        issued.Secret.Length.ShouldBe(3 + 43);
        issued.ToString().ShouldNotContain(issued.Secret);
        foreach (var file in System.IO.Directory.EnumerateFiles(Folder.Path, "*", SearchOption.AllDirectories))
            (await File.ReadAllBytesAsync(file))
                .AsSpan()
                .IndexOf(System.Text.Encoding.ASCII.GetBytes(issued.Secret))
                .ShouldBe(-1, file);
    }

    [Fact]
    public async Task A_revoke_is_seen_after_a_quarter_of_a_second()
    {
        var keys = await VirtualKeys.OpenAsync(Options);
        var issued = await keys.CreateAsync(new NewVirtualKey { Name = "n" });
        await using var watcher = await RegistryWatcher.StartAsync(Options);

        (await keys.RevokeAsync(issued.Key.Prefix))!.RevokedAt.ShouldBe(Time.GetUtcNow());
        Standing().ShouldBe(VirtualKeyStatus.Active);
        Time.Advance(RegistryWatcher.PollInterval);
        await watcher.CurrentPoll;

        Standing().ShouldBe(VirtualKeyStatus.Revoked);
        watcher.Snapshot.Keys.AnyKeyEverExisted.ShouldBeTrue("revoking the last key closes the gate");

        VirtualKeyStatus Standing() => watcher.Snapshot.Keys.Find(issued.Secret, Time.GetUtcNow(), out _);
    }

    [Fact]
    public async Task The_snapshot_shows_that_no_key_ever_existed()
    {
        await using var watcher = await RegistryWatcher.StartAsync(Options);
        watcher.Snapshot.Keys.AnyKeyEverExisted.ShouldBeFalse();

        await (await VirtualKeys.OpenAsync(Options)).CreateAsync(new NewVirtualKey { Name = "first" });
        Time.Advance(RegistryWatcher.PollInterval);
        await watcher.CurrentPoll;

        watcher.Snapshot.Keys.AnyKeyEverExisted.ShouldBeTrue();
    }

    [Fact]
    public async Task A_value_that_is_not_a_key_is_unknown()
    {
        var keys = await VirtualKeys.OpenAsync(Options);
        var issued = await keys.CreateAsync(new NewVirtualKey { Name = "n" });
        await using var watcher = await RegistryWatcher.StartAsync(Options);

        foreach (
            var presented in (string[])
                [
                    "",
                    "tg-",
                    issued.Key.Prefix,
                    issued.Secret + "x",
                    issued.Secret[..^1],
                    issued.Secret.ToUpperInvariant(),
                    "ключ",
                    new string('a', 100_000),
                ]
        )
            watcher
                .Snapshot.Keys.Find(presented, Time.GetUtcNow(), out _)
                .ShouldBe(VirtualKeyStatus.Unknown, presented.Length > 99 ? "long" : presented);
    }

    [Fact]
    public async Task While_the_database_cannot_be_read_the_last_keys_serve_for_fifteen_minutes()
    {
        var issued = await (await VirtualKeys.OpenAsync(Options)).CreateAsync(new NewVirtualKey { Name = "n" });
        var log = new RecordedLog();
        await using var watcher = await RegistryWatcher.StartAsync(Options with { LoggerFactory = log });
        var confirmedAt = Time.GetUtcNow();
        (watcher.Health.ConfirmedAt, watcher.Health.LastFailureAt).ShouldBe((confirmedAt, null));
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        System.IO.Directory.Move(Folder.Path, Folder.Path + "-away");

        Time.Advance(TimeSpan.FromMinutes(15) - RegistryWatcher.PollInterval);
        await watcher.CurrentPoll;
        watcher.LastFailure!.Message.ShouldContain(Options.DatabasePath);
        var failedReads = watcher.Health.FailedReads;
        failedReads.ShouldBeGreaterThan(0);
        watcher.Health.ShouldBe(
            new RegistryHealth
            {
                IsStale = false,
                ConfirmedAt = confirmedAt,
                FailedReads = failedReads,
                LastFailureAt = Time.GetUtcNow(),
            }
        );
        watcher.Snapshot.Keys.Find(issued.Secret, Time.GetUtcNow(), out _).ShouldBe(VirtualKeyStatus.Active);
        Time.Advance(TimeSpan.FromSeconds(1));
        await watcher.CurrentPoll;
        watcher.IsStale.ShouldBeTrue();
        log.Levels.ShouldBe([LogLevel.Warning], "one line an outage");

        System.IO.Directory.Move(Folder.Path + "-away", Folder.Path);
        Time.Advance(RegistryWatcher.PollInterval);
        await watcher.CurrentPoll;
        (watcher.LastFailure, watcher.Health.FailedReads).ShouldBe((null, 0));
        (watcher.Health.IsStale, watcher.Health.ConfirmedAt).ShouldBe((false, Time.GetUtcNow()));
        log.Levels.ShouldBe([LogLevel.Warning, LogLevel.Information]);
    }

    [Fact]
    public async Task An_unreadable_key_does_not_stop_the_watcher()
    {
        var keys = await VirtualKeys.OpenAsync(Options);
        var issued = await keys.CreateAsync(new NewVirtualKey { Name = "n" });
        await using var watcher = await RegistryWatcher.StartAsync(Options);
        Execute("UPDATE registry_entries SET value = '{}'; UPDATE registry_version SET version = version + 1");

        Time.Advance(TimeSpan.FromMinutes(15));
        await watcher.CurrentPoll;
        watcher.LastFailure.ShouldNotBeNull();
        watcher.IsStale.ShouldBeFalse();
        watcher.Snapshot.Keys.Find(issued.Secret, Time.GetUtcNow(), out _).ShouldBe(VirtualKeyStatus.Active);
        Time.Advance(TimeSpan.FromSeconds(1));
        await watcher.CurrentPoll;

        watcher.IsStale.ShouldBeTrue();

        void Execute(string sql)
        {
            using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Options.DatabasePath}");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }

    [Fact]
    public async Task A_prefix_that_several_keys_share_is_refused_with_their_names()
    {
        var keys = await VirtualKeys.OpenAsync(Options);
        var first = await keys.CreateAsync(new NewVirtualKey { Name = "first" });
        await keys.CreateAsync(new NewVirtualKey { Name = "second" });

        var refusal = await Should.ThrowAsync<ArgumentException>(() => keys.RevokeAsync(first.Key.Id[..8]));

        refusal.Message.ShouldContain("first");
        refusal.Message.ShouldContain("second");
        (await keys.RevokeAsync("tg-")).ShouldBeNull();
        (await keys.ListAsync()).ShouldAllBe(key => key.RevokedAt == null);
    }

    [Fact]
    public async Task Looking_up_a_key_allocates_nothing()
    {
        var issued = await (await VirtualKeys.OpenAsync(Options)).CreateAsync(new NewVirtualKey { Name = "n" });
        await using var watcher = await RegistryWatcher.StartAsync(Options);
        var snapshot = watcher.Snapshot.Keys;
        for (var i = 0; i < 100; i++)
            snapshot.Find(issued.Secret, default, out _);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            snapshot.Find(issued.Secret, default, out _);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }
}

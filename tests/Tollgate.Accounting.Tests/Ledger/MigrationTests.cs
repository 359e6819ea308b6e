using Tollgate.Accounting.Files;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Sqlite;
using Tollgate.Accounting.Time;
using Tollgate.Accounting.Usage;

namespace Tollgate.Accounting.Tests.Ledger;

public sealed class MigrationTests : LedgerFixture
{
    private string Database => Folder.File(LedgerOptions.FileName);

    [Fact]
    public async Task An_empty_file_becomes_a_ledger()
    {
        await File.WriteAllBytesAsync(Database, []);

        await using var ledger = await OpenAsync();

        await ledger.AppendAsync(Record());
        Scalar("PRAGMA user_version").ShouldBe((long)SqliteMigrations.CurrentVersion);
        Scalar("PRAGMA journal_mode").ShouldBe("wal");
        Scalar("PRAGMA integrity_check").ShouldBe("ok");
    }

    [Fact]
    public async Task Many_that_start_at_once_on_a_new_folder_all_succeed()
    {
        var ledgers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(OpenAsync)));

        await Task.WhenAll(ledgers.Select(ledger => ledger.AppendAsync(Record()).AsTask()));

        (await ledgers[0].Query.TotalsAsync(UsagePeriod.All)).Calls.ShouldBe(6);
        foreach (var ledger in ledgers)
            await ledger.DisposeAsync();
    }

    [Fact]
    public async Task A_start_without_migrations_does_not_wait_for_one_that_migrates()
    {
        await using (await OpenAsync()) { }

        using var another = FileLock.TryTake(Folder.File("migrate.lock")).ShouldNotBeNull();

        await using var ledger = await OpenAsync();

        await ledger.AppendAsync(Record());
    }

    [Fact]
    public async Task A_database_that_is_not_in_write_ahead_mode_is_put_into_it()
    {
        await using (await OpenAsync()) { }

        Scalar("PRAGMA journal_mode=DELETE").ShouldBe("delete");

        await using (await OpenAsync()) { }

        // A connection that was open before says what it knew; the file's header says how it is.
        (await File.ReadAllBytesAsync(Database))[18..20]
            .ShouldBe([2, 2]);
    }

    [Fact]
    public async Task Every_older_schema_is_brought_up_to_date()
    {
        for (var version = 0; version < SqliteMigrations.CurrentVersion; version++)
        {
            var options = Options with { DataFolder = Folder.File($"from-{version}") };
            await SqliteMigrations.ApplyAsync(options, upTo: version, default);
            Should
                .Throw<LedgerSchemaException>(() => UsageLedger.OpenReadOnly(options))
                .Message.ShouldContain($"schema {version}");

            await using var ledger = await UsageLedger.OpenAsync(options);

            await ledger.AppendAsync(Record());
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Keys_of_an_older_schema_work_on(int version)
    {
        await SqliteMigrations.ApplyAsync(Options, upTo: version, default);
        KeyHash.TryCompute("tg-old", out var hash);
        using (var connection = SqliteConnections.OpenForWrites(Database))
            connection.Run(
                $"""
                INSERT INTO virtual_keys VALUES
                    ('k1', x'{hash}', 'tg-old123', 'né "x"', 'ann', NULL, 'gpt-4o' || char(10) || 'a\nb "c"',
                        1782907200123456, 1814443200000000, NULL),
                    ('k2', zeroblob(32), 'tg-gone12', 'gone', NULL, 'apollo', NULL,
                        1782907200000001, NULL, 1782907201000000);
                UPDATE directory_version SET version = 7;
                """
            );

        var keys = await (await VirtualKeys.OpenAsync(Options)).ListAsync();

        keys.Select(key => (key.Id, key.Name, key.User, key.Project))
            .ShouldBe([("k2", "gone", null, "apollo"), ("k1", "né \"x\"", "ann", null)]);
        keys[1].AllowedModels.ShouldBe(["gpt-4o", "a\\nb \"c\""]);
        (keys[1].CreatedAt.ToMicros(), keys[1].ExpiresAt!.Value.ToMicros(), keys[1].RevokedAt).ShouldBe(
            (1782907200123456, 1814443200000000, null)
        );
        (keys[0].AllowedModels, keys[0].ExpiresAt, keys[0].RevokedAt!.Value.ToMicros()).ShouldBe(
            (null, null, 1782907201000000)
        );
        await using var watcher = await RegistryWatcher.StartAsync(Options);
        watcher.Snapshot.Version.ShouldBe(8, "a change of the directory, like any other");
        watcher.Snapshot.Keys.Find("tg-old", Time.GetUtcNow(), out var found).ShouldBe(VirtualKeyStatus.Active);
        found!.Id.ShouldBe("k1");
    }

    [Fact]
    public async Task A_newer_schema_is_refused_and_untouched()
    {
        await using (await OpenAsync()) { }
        var newer = SqliteMigrations.CurrentVersion + 1;
        using (var connection = SqliteConnections.OpenForWrites(Database))
            connection.Run($"PRAGMA user_version={newer}");

        (await Should.ThrowAsync<LedgerSchemaException>(OpenAsync)).Message.ShouldContain($"schema {newer}");
        Should.Throw<LedgerSchemaException>(() => UsageLedger.OpenReadOnly(Options));
        Scalar("PRAGMA user_version").ShouldBe((long)newer);
    }

    [Fact]
    public void A_folder_without_a_ledger_is_named()
    {
        Should.Throw<FileNotFoundException>(() => UsageLedger.OpenReadOnly(Options)).Message.ShouldContain(Folder.Path);
    }

    [Fact]
    public async Task The_flat_view_answers_hand_written_sql()
    {
        await using var ledger = await OpenAsync();
        await ledger.AppendAsync(Record());

        Scalar(
                "SELECT datetime || ' ' || model || ' ' || prompt_tokens || ' ' || completion_tokens || ' ' || "
                    + "total_tokens || ' ' || username FROM accounting_entries"
            )
            .ShouldBe("2026-07-01 12:00:00.000 gpt-4o 100 20 120 ann");
        Scalar("SELECT cost FROM accounting_entries").ShouldBe(0.00045);
        Scalar("SELECT execution_time FROM accounting_entries").ShouldBe(0.25);
    }

    private object? Scalar(string sql)
    {
        using var connection = SqliteConnections.OpenForQueries(Database);
        return connection.Scalar(sql);
    }
}

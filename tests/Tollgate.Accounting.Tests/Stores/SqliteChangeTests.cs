using Microsoft.Data.Sqlite;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Opening;
using Tollgate.Accounting.Stores.Sqlite;
using Tollgate.Accounting.Tests.Ledger;

namespace Tollgate.Accounting.Tests.Stores;

/// <summary>Changes to a database that another process has locked.</summary>
public sealed class SqliteChangeTests : LedgerFixture
{
    [Fact]
    public async Task Changes_that_wait_for_a_lock_hold_up_neither_reads_nor_changes_of_other_folders()
    {
        var others = Options with { DataFolder = Folder.File("other") };
        foreach (var options in (LedgerOptions[])[Options, others])
            await SqliteMigrations.ApplyAsync(options, default);
        using var process = new SqliteConnection($"Data Source={Options.DatabasePath}");
        process.Open();
        using var lockTaken = process.BeginTransaction();
        var blocked = Enumerable.Range(0, 10).Select(number => ChangeAsync(Options, $"blocked{number}")).ToList();

        var changed = await ChangeAsync(others, "free");
        var entries = (await Options.OpenRegistry().ReadAsync()).Entries;

        changed.Version.ShouldBe(1);
        entries.ShouldBeEmpty();
        blocked.ShouldAllBe(change => !change.IsCompleted);
        lockTaken.Rollback();
        (await Task.WhenAll(blocked)).Max(outcome => outcome.Version).ShouldBe(10);
    }

    private static Task<RegistryOutcome> ChangeAsync(LedgerOptions options, string name) =>
        options.OpenRegistry().ApplyAsync([RegistryChange.Put("user", name, "{}")]);
}

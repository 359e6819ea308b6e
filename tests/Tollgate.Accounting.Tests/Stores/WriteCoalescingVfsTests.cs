using System.Globalization;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Sqlite;
using Tollgate.Accounting.Tests.Ledger;

namespace Tollgate.Accounting.Tests.Stores;

/// <summary>Commits through the file system that gathers, read by connections of SQLite's own.</summary>
public sealed class WriteCoalescingVfsTests : LedgerFixture
{
    [Theory]
    [InlineData(LedgerDurability.Strict)]
    [InlineData(LedgerDurability.Process)]
    public async Task A_commit_reaches_the_log_in_one_write(LedgerDurability durability)
    {
        using var writer = await OpenForCommitsAsync(durability);
        writer.Execute(
            "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT); CREATE INDEX i ON t (b); CREATE INDEX j ON t (a, b)"
        );
        writer.Execute("INSERT INTO t VALUES (0, 'first')"); // The log is open, and its memory there.

        writer.Execute("BEGIN IMMEDIATE");
        for (var row = 1; row <= 100; row++)
            writer.Execute($"INSERT INTO t VALUES ({row}, '{row}')");
        var before = Writes();
        writer.Execute("COMMIT");

        (Writes() - before).ShouldBe(1);
        Count("t").ShouldBe(101);
    }

    [Fact]
    public async Task Each_commit_is_there_for_others_at_once()
    {
        using var writer = await OpenForCommitsAsync();
        writer.Execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b BLOB)");
        for (var row = 1; row <= 200; row++)
        {
            // From a few bytes to more than is gathered, and now and then a log that begins anew.
            writer.Execute($"INSERT INTO t VALUES ({row}, randomblob({row * row * 20 % 400_000}))");
            if (row % 23 == 0)
                writer.CheckpointPassive().ShouldBeTrue();
            Count("t").ShouldBe(row);
        }

        Check().ShouldBe("ok");
    }

    [Fact]
    public async Task A_transaction_that_outgrows_memory_and_is_taken_back_in_part_is_whole()
    {
        using var writer = await OpenForCommitsAsync();
        writer.Execute("PRAGMA cache_size=10; CREATE TABLE t (a INTEGER PRIMARY KEY, b BLOB)");
        writer.Execute("BEGIN IMMEDIATE");
        for (var part = 0; part < 40; part++)
        {
            // Pages that the cache does not hold go to the log before the commit, are read from there, and written
            // there again.
            writer.Execute("SAVEPOINT part");
            for (var row = 0; row < 50; row++)
                writer.Execute($"INSERT OR REPLACE INTO t VALUES ({(part * 37 + row * 11) % 900}, randomblob(1500))");
            writer.Execute(part % 3 == 0 ? "ROLLBACK TO part" : "RELEASE part");
        }

        var inside = writer.Prepare("count", "SELECT count(*) FROM t").ReadNumber();
        writer.Execute("COMMIT");

        Count("t").ShouldBe(inside);
        Check().ShouldBe("ok");
    }

    private async Task<SqliteDatabase> OpenForCommitsAsync(LedgerDurability durability = LedgerDurability.Strict)
    {
        await (await OpenAsync()).DisposeAsync();
        return SqliteDatabase.OpenForCommits(Options.DatabasePath, durability);
    }

    private long Count(string table)
    {
        using var reader = SqliteConnections.OpenForQueries(Options.DatabasePath);
        return (long)reader.Scalar($"SELECT count(*) FROM {table}")!;
    }

    private string Check()
    {
        using var reader = SqliteConnections.OpenForQueries(Options.DatabasePath);
        return (string)reader.Scalar("PRAGMA integrity_check")!;
    }

    /// <summary>Calls of the kernel by which this thread wrote: proc_pid_io(5).</summary>
    private static long Writes() =>
        long.Parse(
            File.ReadLines("/proc/thread-self/io")
                .Single(static line => line.StartsWith("syscw: ", StringComparison.Ordinal))["syscw: ".Length..],
            CultureInfo.InvariantCulture
        );
}

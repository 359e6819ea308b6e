using Microsoft.Extensions.Logging;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Stores.Sqlite;
using Tollgate.Accounting.Tests.Logging;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;
using Tollgate.Testing;

namespace Tollgate.Accounting.Tests.Ledger;

public sealed class FailureTests : LedgerFixture
{
    [Fact]
    public async Task A_full_disk_refuses_calls_loses_nothing_and_is_left_behind_when_there_is_room()
    {
        string? narrow = "PRAGMA max_page_count=60";
        using var log = new RecordedLog();
        await using var ledger = await UsageLedger.OpenAsync(
            Options with
            {
                WriterSetup = () => narrow,
                LoggerFactory = log,
            }
        );
        var acknowledged = new List<CallId>();
        UsageRecord? refused = null;
        while (refused is null)
        {
            var record = Record() with
            {
                Attribution = new Attribution { Tags = new string('t', 256), Session = new string('s', 256) },
            };
            try
            {
                await ledger.AppendAsync(record);
                acknowledged.Add(record.Id);
            }
            catch (LedgerUnavailableException failure)
            {
                failure.Message.ShouldContain("full");
                refused = record;
            }
        }

        (await ledger.ReadHealthAsync()).ShouldSatisfyAllConditions(
            health => health.IsWritable.ShouldBe(false),
            health => health.PendingRecords.ShouldBe(1)
        );
        await Should.ThrowAsync<LedgerUnavailableException>(async () => await ledger.BeginAttemptAsync(Attempt()));
        Time.Advance(Options.ProbeInterval);
        await Should.ThrowAsync<LedgerUnavailableException>(async () => await ledger.BeginAttemptAsync(Attempt()));

        narrow = null;
        var later = Attempt();
        await Eventually.BecomesTrueAsync(() =>
        {
            // The writer probes on its own thread, and may still be at the probe before.
            Time.Advance(Options.ProbeInterval);
            return ledger.IsWritable;
        });

        await ledger.BeginAttemptAsync(later);

        (await ledger.ReadHealthAsync()).ShouldSatisfyAllConditions(
            health => health.IsWritable.ShouldBe(true),
            health => health.PendingRecords.ShouldBe(0)
        );
        (await ledger.ReadHealthAsync()).LastFailureAt.ShouldNotBeNull();
        log.Levels.ShouldBe([LogLevel.Error, LogLevel.Information]);
        log.Lines[0].Text.ShouldContain($"'{Options.DatabasePath}' cannot be written: ");
        log.Lines[0].Text.ShouldContain("full");
        foreach (var id in acknowledged.Append(refused.Id))
            (await ledger.Query.FindAsync(id.Call)).Count.ShouldBe(1);
        (await ledger.Query.TotalsAsync(UsagePeriod.All)).Calls.ShouldBe(acknowledged.Count + 1);
    }

    [Fact]
    public async Task Another_process_that_writes_is_waited_for()
    {
        await using var ledger = await OpenAsync();
        using var other = SqliteConnections.OpenForWrites(Options.DatabasePath);
        other.Run("BEGIN IMMEDIATE");

        var append = ledger.AppendAsync(Record()).AsTask();
        append.IsCompleted.ShouldBeFalse();
        other.Run("COMMIT");
        await append;

        (await ledger.ReadHealthAsync()).IsWritable.ShouldBeTrue();
    }

    [Fact]
    public async Task Two_ledgers_on_one_file_lose_nothing()
    {
        await using var one = await OpenAsync();
        await using var two = await OpenAsync();

        await Task.WhenAll(
            Enumerable.Range(0, 600).Select(i => (i % 2 == 0 ? one : two).AppendAsync(Record()).AsTask())
        );

        (await one.Query.TotalsAsync(UsagePeriod.All)).Calls.ShouldBe(600);
    }

    [Fact]
    public async Task Queries_answer_while_records_are_written()
    {
        await using var ledger = await OpenAsync();
        var writing = Task.WhenAll(Enumerable.Range(0, 2000).Select(_ => ledger.AppendAsync(Record()).AsTask()));

        long seen = 0;
        while (!writing.IsCompleted)
        {
            var totals = await UsageLedger.OpenReadOnly(Options).TotalsAsync(UsagePeriod.All);
            totals.Calls.ShouldBeGreaterThanOrEqualTo(seen);
            totals.Usage[UsageKind.OutputText].ShouldBe(totals.Calls * 20, "sums are of one moment");
            seen = totals.Calls;
        }

        (await ledger.Query.TotalsAsync(UsagePeriod.All)).Calls.ShouldBe(2000);
    }

    [Fact]
    public async Task The_log_is_checkpointed_and_reset_under_load()
    {
        const long limit = 512 * 1024;
        await using var ledger = await UsageLedger.OpenAsync(Options with { CheckpointBytes = limit });

        for (var round = 0; (await ledger.ReadHealthAsync()).Checkpoints < 5; round++)
        {
            round.ShouldBeLessThan(2000, "the log must be emptied again and again");
            await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => ledger.AppendAsync(Record()).AsTask()));
        }

        (await ledger.ReadHealthAsync()).WalBytes.ShouldBeLessThan(limit * 4);
        using var connection = SqliteConnections.OpenForQueries(Options.DatabasePath);
        connection.Scalar("PRAGMA integrity_check").ShouldBe("ok");
    }
}

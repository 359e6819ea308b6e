using Microsoft.Extensions.Logging;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Memory;
using Tollgate.Accounting.Tests.Ledger;
using Tollgate.Accounting.Tests.Logging;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;
using Tollgate.Testing;

namespace Tollgate.Accounting.Tests.Spool;

public sealed class SpoolTests : LedgerFixture
{
    private readonly RecordedLog _log = new();
    private readonly InMemoryDatabase _server = new();

    [Fact]
    public async Task Booked_records_reach_the_server_in_order_and_leave_the_spool()
    {
        var store = new FlakyStore(_server);
        var records = Records(2500);
        await using (var ledger = await OpenAsync(store))
        {
            foreach (var batch in records.Chunk(100))
                await ledger.AppendAsync(batch);
            await EmptyAsync(ledger);
            (await ledger.Query.TotalsAsync(UsagePeriod.All)).Calls.ShouldBe(records.Count);
            (await ledger.ReadHealthAsync()).StoreReachable.ShouldBe(true);
        }

        store.Arrived.ShouldBe(records, "in the order of booking, each once");
    }

    [Fact]
    public async Task An_unavailable_server_delays_no_caller_and_loses_nothing()
    {
        var store = new FlakyStore(_server) { IsDown = true };
        var records = Records(300);
        await using var ledger = await OpenAsync(store);
        foreach (var record in records)
            await ledger.AppendAsync(record);
        await Eventually.BecomesTrueAsync(async () => (await ledger.ReadHealthAsync()).StoreFailedAt is not null);
        (await ledger.ReadHealthAsync()).Backlog.ShouldBe(records.Count);
        (await ledger.ReadHealthAsync()).StoreReachable.ShouldBe(false);
        (await ledger.Query.FindAsync(records[7].Id.Call))
            .ShouldHaveSingleItem()
            .ShouldBe(records[7], "what is on its way is booked");

        store.IsDown = false;
        await EmptyAsync(ledger);
        (await ledger.Query.TotalsAsync(UsagePeriod.All)).Calls.ShouldBe(records.Count);
        store.Arrived.ShouldBe(records);
        await Eventually.BecomesTrueAsync(async () => (await ledger.ReadHealthAsync()).StoreReachable == true);
        _log.Levels.ShouldBe([LogLevel.Warning, LogLevel.Information]);
    }

    [Fact]
    public async Task A_record_that_arrives_during_the_last_look_at_the_spool_is_still_sent()
    {
        var store = new FlakyStore(_server) { IsDown = true };
        var record = Record();
        var ledger = await OpenAsync(store);
        await Eventually.BecomesTrueAsync(() => _log.Levels.Contains(LogLevel.Warning));
        var closed = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);
        _log.OnLine = level =>
        {
            // The server is back, and the spool was empty when it was read a moment ago.
            if (level != LogLevel.Information)
                return;
            ledger.AppendAsync(record).AsTask().Wait();
            closed.SetResult(ledger.DisposeAsync().AsTask());
        };

        store.IsDown = false;
        await await closed.Task;

        store.Arrived.ShouldBe([record]);
    }

    [Fact]
    public async Task A_commit_whose_answer_is_lost_is_sent_again_and_doubles_nothing()
    {
        var store = new FlakyStore(_server) { LosesAnswers = true };
        var records = Records(50);
        await using var ledger = await OpenAsync(store);
        await ledger.AppendAsync(records);
        await Eventually.BecomesTrueAsync(() =>
        {
            lock (store.Arrived)
                return store.Arrived.Count > records.Count;
        });
        store.LosesAnswers = false;
        await EmptyAsync(ledger);
        (await ledger.Query.TotalsAsync(UsagePeriod.All)).Calls.ShouldBe(records.Count);
    }

    [Fact]
    public async Task Records_left_in_the_spool_follow_at_the_next_start()
    {
        var records = Records(20);
        await using (var ledger = await OpenAsync(new FlakyStore(_server) { IsDown = true }))
            await ledger.AppendAsync(records);

        var store = new FlakyStore(_server);
        await using var next = await OpenAsync(store);
        await EmptyAsync(next);
        store.Arrived.ShouldBe(records);
    }

    [Fact]
    public async Task Of_two_processes_on_one_spool_one_follows_for_both()
    {
        var (first, second) = (new FlakyStore(_server), new FlakyStore(_server));
        await using var one = await OpenAsync(first);
        await using var other = await OpenAsync(second);
        var records = Records(200);
        await Task.WhenAll(one.AppendAsync(records[..100]), other.AppendAsync(records[100..]));
        await EmptyAsync(one);
        (first.Arrived.Count + second.Arrived.Count).ShouldBe(200);
        (await one.Query.TotalsAsync(UsagePeriod.All)).Calls.ShouldBe(200);
    }

    [Fact]
    public async Task A_record_that_the_server_refuses_is_set_aside_and_the_rest_goes_on()
    {
        var store = new FlakyStore(_server) { Refuses = static record => record.Model == "poison" };
        var records = Records(300);
        foreach (var index in new[] { 0, 7, 8, 150, 299 })
            records[index] = records[index] with { Model = "poison" };
        var (good, bad) = (
            records.Where(static record => record.Model != "poison").ToList(),
            records.Where(static record => record.Model == "poison").ToList()
        );
        await using (var ledger = await OpenAsync(store))
        {
            await ledger.AppendAsync(records);
            await EmptyAsync(ledger);
            (await ledger.ReadHealthAsync()).Quarantined.ShouldBe(bad.Count);
            (await ledger.ReadHealthAsync()).StoreReachable.ShouldBe(true);
            store.Arrived.ShouldBe(good, "in the order of booking, each once");
            (await ledger.Query.FindAsync(bad[0].Id.Call)).ShouldBe([bad[0]], "it is booked all the same");
        }

        var refused = await RecordQuarantine.ListAsync(new LedgerOptions { DataFolder = Folder.Path }, 100);
        refused.Select(static row => row.Record).ShouldBe(bad, ignoreOrder: true);
        refused.ShouldAllBe(static row => row.Reason == "The server refuses poison.");
    }

    [Fact]
    public async Task Quarantined_records_are_retried_on_request_and_only_then()
    {
        var store = new FlakyStore(_server) { Refuses = static record => record.Model == "poison" };
        var bad = Records(5).ConvertAll(static record => record with { Model = "poison" });
        await using (var ledger = await OpenAsync(store))
        {
            await ledger.AppendAsync(bad);
            await Eventually.BecomesTrueAsync(async () => (await ledger.ReadHealthAsync()).Quarantined == 5);
            (await ledger.Quarantine.RequeueAsync()).ShouldBe(5);
            await Eventually.BecomesTrueAsync(async () =>
                await ledger.ReadHealthAsync() is { Quarantined: 5, Backlog: 0 }
            );
        }

        store.Refuses = static _ => false;
        await using var next = await OpenAsync(store);
        var other = Records(10);
        await next.AppendAsync(other);
        await EmptyAsync(next);
        (await next.ReadHealthAsync()).Quarantined.ShouldBe(5);
        (await next.Quarantine.RequeueAsync()).ShouldBe(5);
        await Eventually.BecomesTrueAsync(async () => await next.ReadHealthAsync() is { Quarantined: 0, Backlog: 0 });
        store.Arrived.ShouldBe([.. other, .. bad]);
        (await next.Query.TotalsAsync(UsagePeriod.All)).Calls.ShouldBe(15);
    }

    private Task<UsageLedger> OpenAsync(FlakyStore store) =>
        UsageLedger.OpenAsync(
            new LedgerOptions
            {
                DataFolder = Folder.Path,
                Store = store,
                LoggerFactory = _log,
            }
        );

    private List<UsageRecord> Records(int count) => [.. Enumerable.Range(0, count).Select(_ => Record())];

    private static Task EmptyAsync(UsageLedger ledger) =>
        Eventually.BecomesTrueAsync(async () => (await ledger.ReadHealthAsync()).Backlog == 0);
}

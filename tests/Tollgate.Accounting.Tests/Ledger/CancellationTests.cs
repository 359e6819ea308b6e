using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Stores.Memory;
using Tollgate.Accounting.Tests.Limits;
using Tollgate.Accounting.Tracking;
using Tollgate.Accounting.Transcripts;
using Tollgate.Accounting.Transcripts.Writing;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Limits;

namespace Tollgate.Accounting.Tests.Ledger;

public sealed class CancellationTests : AdmissionFixture
{
    private static readonly CancellationToken Canceled = new(canceled: true);

    [Fact]
    public async Task A_canceled_caller_writes_nothing_to_the_ledger()
    {
        await using var ledger = await OpenAsync();
        var attempt = Attempt();

        await ShouldCancelAsync(() => ledger.BeginAttemptAsync(attempt, Canceled).AsTask());
        await ShouldCancelAsync(() => ledger.AppendAsync(Record(), cancellationToken: Canceled).AsTask());
        await ShouldCancelAsync(() => ledger.AppendAsync([Record()], Canceled));
        await ShouldCancelAsync(() => ledger.ReadHealthAsync(Canceled));
        await ShouldCancelAsync(() => RecordQuarantine.ListAsync(Options, 1, Canceled));
        await ShouldCancelAsync(() => ledger.Quarantine.RequeueAsync(Canceled));
        await ShouldCancelAsync(() => ledger.Quarantine.DropAsync([attempt.Id], Canceled));
        await ShouldCancelAsync(() => ledger.Query.ListInFlightAttemptsAsync(Canceled));

        (await ledger.Query.ListInFlightAttemptsAsync()).ShouldBeEmpty();
        (await ledger.Query.TailAsync(1)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_canceled_caller_records_no_usage()
    {
        await using var ledger = await OpenAsync();
        var tracker = new UsageTracker(ledger, time: Time);
        var entry = new UsageEntry { Model = "gpt-4o", PromptTokens = 1 };

        await ShouldCancelAsync(() => tracker.TrackAsync(entry, Canceled));
        await ShouldCancelAsync(() => tracker.BookAsync(entry, Canceled));
        await ShouldCancelAsync(() => tracker.SettleAsync(entry, null, Canceled));
        await ShouldCancelAsync(() => tracker.ReserveAsync(entry, Canceled));

        (await ledger.Query.TailAsync(1)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_canceled_caller_reserves_nothing_and_keeps_its_reservation()
    {
        await using var gate = await GateAsync(CreateLimit(LimitMetric.Requests, 2));
        var limits = gate.Controller;
        var bound = Bound(usd: 0);
        var reservation = await gate.ReserveAsync(bound);

        await ShouldCancelAsync(() => limits.ReserveAsync(Ann, bound, cancellationToken: Canceled).AsTask());
        await ShouldCancelAsync(() => limits.RenewAsync(Canceled));
        await ShouldCancelAsync(() => gate.Ledger.AppendAsync(Record(), reservation, Canceled).AsTask());

        await gate.ReserveAsync(bound);
        (await gate.RefusedAsync(bound)).Kind.ShouldBe(RefusalKind.Exhausted);
    }

    [Fact]
    public async Task A_canceled_caller_adds_no_transcript()
    {
        await using var log = await TranscriptLog.OpenAsync(
            new TranscriptOptions { DataFolder = Folder.Path, TimeProvider = Time }
        );
        var entry = new TranscriptEntry
        {
            Id = NewId().Call,
            Type = TranscriptEntryType.Event,
            Time = Time.GetUtcNow(),
        };

        await ShouldCancelAsync(() => log.AppendAsync(entry, Canceled).AsTask());
        await ShouldCancelAsync(() => log.WriteAsync(entry, Canceled).AsTask());

        log.Health.QueueLength.ShouldBe(0);
    }

    [Fact]
    public async Task A_canceled_caller_reads_nothing_from_memory()
    {
        await using var store = new InMemoryLedgerStore();

        await ShouldCancelAsync(() => store.MigrateAsync(Canceled));
        await ShouldCancelAsync(() => store.AppendAsync([Record()], Canceled));
        await ShouldCancelAsync(() => store.FindAsync(Guid.Empty, Canceled));
        await ShouldCancelAsync(() => store.SumAsync(new UsageSumQuery(), Canceled));
        await ShouldCancelAsync(() => store.PurgeAsync(null, Canceled));
        await ShouldCancelAsync(() => store.Registry.VersionAsync(Canceled));
        await ShouldCancelAsync(() => store.Registry.ReadAsync(cancellationToken: Canceled));
    }

    private static Task ShouldCancelAsync(Func<Task> act) => Should.ThrowAsync<OperationCanceledException>(act);
}

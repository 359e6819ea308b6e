using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Limits.Reconciliation;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Memory;
using Tollgate.Accounting.Tests.Ledger;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;
using Tollgate.Metering.Usage;
using Tollgate.Testing;

namespace Tollgate.Accounting.Tests.Spool;

/// <summary>
/// A server that adds up what is booked and counts no limits: those are counted in the data folder, and the ledger is
/// in two places.
/// </summary>
public sealed class SpooledLimitTests : LedgerFixture
{
    /// <summary>Output tokens of a record.</summary>
    private const int Each = 20;

    private static readonly Limit Output = new()
    {
        Id = "output",
        Name = "output",
        Metric = LimitMetric.OutputTokens,
        Window = TotalWindow.Instance,
        Amount = 1_000_000,
    };

    private readonly InMemoryDatabase _server = new();

    [Fact]
    public async Task A_new_limit_counts_what_is_on_the_server_on_its_way_there_and_refused_and_each_once()
    {
        var store = new FlakyStore(_server) { Refuses = static record => record.Model == "refused" };
        await using var ledger = await OpenAsync(store);
        await ledger.AppendAsync(Records(10));
        await ledger.AppendAsync([Record() with { Model = "refused" }]);
        await Eventually.BecomesTrueAsync(async () => await ledger.ReadHealthAsync() is { Backlog: 0, Quarantined: 1 });

        store.LosesAnswers = true; // These are there and here, until an answer arrives.
        await ledger.AppendAsync(Records(50));
        await Eventually.BecomesTrueAsync(() =>
        {
            lock (store.Arrived)
                return store.Arrived.Count >= 60;
        });
        var away = ReconcileAsync(ledger);
        (await Should.ThrowAsync<LedgerUnavailableException>(away)).Message.ShouldBe("The server is away.");
        store.LosesAnswers = false;

        (await ReconcileAsync(ledger)).ShouldHaveSingleItem().Ledger.ShouldBe(61 * Each);
        (await ReconcileAsync(ledger)).ShouldBeEmpty("it is counted once");
        (await ledger.Limits.ReadAsync([Output])).ShouldHaveSingleItem().Used.ShouldBe(61 * Each);
    }

    [Fact]
    public async Task It_counts_each_once_while_calls_are_booked_and_brought_over()
    {
        await using var ledger = await OpenAsync(new FlakyStore(_server));
        await ledger.AppendAsync(Records(100));
        await using var admission = new AdmissionController(ledger.Limits, ledger.InstanceId, TimeProvider.System);
        admission.Use([Output]);
        var booking = Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        for (var call = 0; call < 200; call++)
                        {
                            var record = Record();
                            var answer = await admission.ReserveAsync(
                                new LimitSubject(record.Attribution, record.Provider, record.Model),
                                new LimitDemand(record.Usage, record.Cost)
                            );
                            await ledger.AppendAsync(record, answer.Reservation);
                        }
                    })
                )
        );

        var found = new List<LimitDrift>();
        while (!booking.IsCompleted)
            found.AddRange(await ReconcileAsync(ledger));
        await booking;
        found.AddRange(await ReconcileAsync(ledger));

        var drift = found.ShouldHaveSingleItem();
        (drift.Ledger - drift.Counter).ShouldBe(100 * Each);
        (await ledger.Limits.ReadAsync([Output])).ShouldHaveSingleItem().Used.ShouldBe(900 * Each);
    }

    private Task<IReadOnlyList<LimitDrift>> ReconcileAsync(UsageLedger ledger) =>
        new LimitReconciler(ledger.Limits, static _ => (null, null), TimeProvider.System).ReconcileAsync(
            [Output],
            isNew: true
        );

    private Task<UsageLedger> OpenAsync(FlakyStore store) =>
        UsageLedger.OpenAsync(new LedgerOptions { DataFolder = Folder.Path, Store = store });

    private UsageRecord[] Records(int count) => [.. Enumerable.Range(0, count).Select(_ => Record())];
}

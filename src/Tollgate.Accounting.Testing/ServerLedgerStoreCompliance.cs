using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;
using Xunit;

namespace Tollgate.Accounting.Testing;

/// <summary>
/// The additional requirements for a store on a server: it must distinguish a rejected record from an outage. The store
/// does not control all rules of its database, so any record may be rejected.
/// </summary>
public abstract class ServerLedgerStoreCompliance : RollupStoreCompliance
{
    /// <summary>
    /// The ledger in front of the store quarantines such a record, and sends it again or drops it on request.
    /// </summary>
    [Fact]
    public async Task Quarantines_a_record_that_violates_a_constraint()
    {
        var options = new LedgerOptions
        {
            DataFolder = System.IO.Directory.CreateTempSubdirectory("tollgate-refusals-").FullName,
        };
        try
        {
            await ExecuteAsync($"ALTER TABLE {RecordsTable} ADD CONSTRAINT no_poison CHECK (model <> 'poison')");
            var records = Records(50);
            (records[20], records[30]) = (records[20] with { Model = "poison" }, records[30] with { Model = "poison" });
            await using (var ledger = await LedgerAsync(options))
            {
                await ledger.AppendAsync(records);
                await UntilAsync(async () =>
                    await ledger.ReadHealthAsync() is { Backlog: 0, Quarantined: 2, StoreReachable: true }
                );
                Assert.Equal(
                    SampleRecords.Sum(records.Where(static record => record.Model != "poison")),
                    await TotalsAsync()
                );
                var refused = await RecordQuarantine.ListAsync(options, 10);
                Assert.Equal([records[30], records[20]], refused.Select(static refusal => refusal.Record));
                Assert.All(
                    refused,
                    static refusal => Assert.Contains("no_poison", refusal.Reason, StringComparison.Ordinal)
                );

                Assert.Equal([records[30].Id], await ledger.Quarantine.DropAsync([records[30].Id, records[0].Id]));
                Assert.Equal(
                    [records[20]],
                    (await RecordQuarantine.ListAsync(options, 10)).Select(static refusal => refusal.Record)
                );
            }

            await ExecuteAsync($"ALTER TABLE {RecordsTable} DROP CONSTRAINT no_poison");
            await using var again = await LedgerAsync(options);
            Assert.Equal(1, await again.Quarantine.RequeueAsync());
            await UntilAsync(async () => await again.ReadHealthAsync() is { Backlog: 0, Quarantined: 0 });
            Assert.Equal(SampleRecords.Sum(records.Where((_, index) => index != 30)), await TotalsAsync());
            Assert.All(
                await ((IRollupStore)Store).VerifyRollupsAsync(repair: false),
                static check => Assert.Equal(0, check.IncorrectRows)
            );
        }
        finally
        {
            System.IO.Directory.Delete(options.DataFolder, recursive: true);
        }
    }

    /// <summary>Rule of <c>AppendAsync</c>.</summary>
    [Fact]
    public async Task Treats_a_sum_overflow_as_a_rejection_not_an_outage()
    {
        var record = SampleRecords.Full();
        await Store.AppendAsync([record]);
        await ExecuteAsync($"UPDATE {GetTable(RollupKind.SlotsByName)} SET duration = 9223372036854775800");

        var refusal = await Assert.ThrowsAsync<RecordRejectedException>(() =>
            Store.AppendAsync([record with { Id = new CallId(Guid.CreateVersion7(SampleRecords.Noon), 1) }])
        );

        Assert.Contains("rejects the records", refusal.Message, StringComparison.Ordinal);
        Assert.Equal([record], await ReadAsync(new UsageSelection()));
    }

    private static List<UsageRecord> Records(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => SampleRecords.Random(random))];
    }

    private async Task<UsageLedger> LedgerAsync(LedgerOptions options) =>
        await UsageLedger.OpenAsync(options with { Store = await OpenAsync() });

    /// <summary>Waits for the ledger's replication, as long as it may take on a busy machine.</summary>
    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 6000 && !await holds(); i++)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        Assert.True(await holds());
    }
}

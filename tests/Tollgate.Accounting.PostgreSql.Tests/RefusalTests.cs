using Tollgate.Accounting.Ledger;
using Tollgate.Metering.Usage;
using Tollgate.Testing;

namespace Tollgate.Accounting.PostgreSql.Tests;

public sealed class RefusalTests(PostgreSqlServer server) : PostgreSqlTest(server)
{
    [Fact]
    public async Task A_record_that_a_rule_of_the_database_forbids_holds_nobody_up_and_follows_when_the_rule_is_gone()
    {
        using var folder = new TemporaryFolder();
        await ExecuteAsync("ALTER TABLE usage ADD CONSTRAINT no_poison CHECK (model <> 'poison')");
        var records = Records(50, seed: 1);
        records[20] = records[20] with { Model = "poison" };
        await using (var ledger = await OpenAsync(folder))
        {
            await ledger.AppendAsync(records);
            await UntilAsync(() => ledger.Health is { Backlog: 0, Refused: 1, StoreReachable: true });
            (await TotalsAsync(Store)).Calls.ShouldBe(49);
            var refused = UsageLedger.Refused(new LedgerOptions { DataFolder = folder.Path }, 10).ShouldHaveSingleItem();
            refused.Record.ShouldBe(records[20]);
            refused.Reason.ShouldContain("no_poison");
        }

        await ExecuteAsync("ALTER TABLE usage DROP CONSTRAINT no_poison");
        await using var again = await OpenAsync(folder);
        (await again.RetryRefusedAsync()).ShouldBe(1);
        await UntilAsync(() => again.Health is { Backlog: 0, Refused: 0 });
        (await AllAsync(Store)).Count.ShouldBe(50);
        await SumsShouldAgreeAsync(Store);
    }

    [Fact]
    public async Task A_sum_that_no_longer_fits_is_a_refusal_and_not_an_outage()
    {
        var record = Record(Noon);
        await Store.AppendAsync([record]);
        await ExecuteAsync("UPDATE usage_rollup SET duration = 9223372036854775800");

        var refusal = await Should.ThrowAsync<RecordRefusedException>(() => Store.AppendAsync([record with { Id = new CallId(Guid.CreateVersion7(Noon), 1) }]));

        refusal.Message.ShouldContain("refuses to book");
        (await AllAsync(Store)).ShouldBe([record]);
    }

    private Task<UsageLedger> OpenAsync(TemporaryFolder folder) => UsageLedger.OpenAsync(new LedgerOptions { DataFolder = folder.Path, Store = Open() });

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (var i = 0; i < 1000 && !holds(); i++) await Task.Delay(10, TestContext.Current.CancellationToken);
        holds().ShouldBeTrue();
    }
}

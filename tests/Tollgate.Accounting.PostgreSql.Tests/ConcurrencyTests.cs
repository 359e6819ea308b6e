using Tollgate.Accounting.PostgreSql.Ledger;
using Tollgate.Accounting.Servers;

namespace Tollgate.Accounting.PostgreSql.Tests;

public sealed class ConcurrencyTests(PostgreSqlServer server)
    : ServerConcurrencyTest<PostgreSqlServer, PostgreSqlLedgerStore>(
        server,
        static connection => new PostgreSqlLedgerStore(connection)
    )
{
    protected override string CountTransactions =>
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in "
        + "transaction%'";

    [Fact]
    public async Task A_canceled_batch_is_booked_as_a_whole_or_not_at_all()
    {
        var random = new Random(3);
        for (var i = 0; i < 40; i++)
        {
            var batch = Records(200, seed: 100 + i);
            using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(random.Next(60)));
            var before = (await TotalsAsync(Store)).Calls;
            await Xunit.Record.ExceptionAsync(() => Store.AppendAsync(batch, cancel.Token));
            var after = (await TotalsAsync(Store)).Calls;

            (after - before).ShouldBeOneOf(0, 200);
            (await Store.AppendAsync(batch)).ShouldBe((int)(200 - (after - before)));
        }

        await SumsShouldAgreeAsync(Store);
    }
}

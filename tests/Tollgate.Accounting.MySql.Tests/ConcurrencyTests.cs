using Tollgate.Accounting.MySql.Ledger;
using Tollgate.Accounting.Servers;

namespace Tollgate.Accounting.MySql.Tests;

public sealed class ConcurrencyTests(MySqlServer server)
    : ServerConcurrencyTest<MySqlServer, MySqlLedgerStore>(
        server,
        static connection => new MySqlLedgerStore(connection)
    )
{
    protected override string CountTransactions =>
        "SELECT count(*) FROM information_schema.processlist p JOIN information_schema.innodb_trx t ON "
        + "t.trx_mysql_thread_id = p.id WHERE p.db = DATABASE()";

    [Fact]
    public async Task Canceled_bookings_are_booked_whole_or_not_at_all()
    {
        var random = new Random(3);
        for (var seed = 0; seed < 60; seed++)
        {
            using var cancel = new CancellationTokenSource(TimeSpan.FromMicroseconds(random.Next(30_000)));
            try
            {
                await Store.AppendAsync(Records(400, seed), cancel.Token);
            }
            catch (OperationCanceledException)
            {
                ((await TotalsAsync(Store)).Calls % 400).ShouldBe(0);
            }
        }

        for (var seed = 0; seed < 60; seed++)
            await Store.AppendAsync(Records(400, seed));
        await SumsShouldAgreeAsync(Store);
    }

    [Fact]
    public async Task More_callers_than_connections_wait_without_a_thread()
    {
        var booked = await Task.WhenAll(Enumerable.Range(0, 200).Select(seed => Store.AppendAsync(Records(5, seed))));

        booked.Sum().ShouldBe(1000);
        await SumsShouldAgreeAsync(Store);
    }
}

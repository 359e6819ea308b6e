using System.Globalization;
using Tollgate.Accounting.MySql.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Usage;

namespace Tollgate.Accounting.MySql.Tests;

public sealed class ConnectionTests(MySqlServer server) : MySqlTest(server)
{
    private const string OtherConnections =
        "SELECT group_concat(id) FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()";

    [Fact]
    public async Task Connections_that_the_server_closed_fail_no_call()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(seed => Store.AppendAsync(Records(5, seed))));
        var open = ((string)(await ScalarAsync(OtherConnections))!).Split(',');
        open.Length.ShouldBeGreaterThan(1);
        foreach (var connection in open)
            await ExecuteAsync($"KILL CONNECTION {connection}");

        var booked = await Task.WhenAll(Enumerable.Range(20, 20).Select(seed => Store.AppendAsync(Records(5, seed))));

        booked.Sum().ShouldBe(100);
        await SumsShouldAgreeAsync(Store);
    }

    [Fact]
    public async Task A_statement_that_exceeds_the_time_limit_is_an_outage_and_may_be_repeated()
    {
        await using var hurried = new MySqlLedgerStore(Server.ConnectionTo(Database) + ";Default Command Timeout=1");
        await Server.WhileLockedAsync(
            Database,
            "usage_slots",
            () => Should.ThrowAsync<LedgerUnavailableException>(() => hurried.AppendAsync(Records(5, seed: 1)))
        );

        (await TotalsAsync(Store)).Calls.ShouldBe(0);
        (await hurried.AppendAsync(Records(5, seed: 1))).ShouldBe(5);
        await SumsShouldAgreeAsync(Store);
    }

    [Theory]
    [InlineData("Use Affected Rows=false;Allow User Variables=false;Treat Tiny As Boolean=true")]
    [InlineData("No Backslash Escapes=true;Auto Enlist=true;Connection Reset=false")]
    [InlineData("Convert Zero DateTime=true;Old Guids=true")]
    [InlineData("GUID Format=Char36;Allow Load Local Infile=true")]
    public async Task Settings_cannot_change_the_meaning_of_statements(string settings)
    {
        await using var store = new MySqlLedgerStore($"{Server.ConnectionTo(Database)};{settings}");
        var odd = Record(Noon) with { Model = @"\' OR 1 = 1 -- ", Streamed = true };
        (await store.AppendAsync([odd])).ShouldBe(1);

        (await store.AppendAsync([odd])).ShouldBe(0);

        (await AllAsync(store)).ShouldBe([odd]);
        (await store.SumAsync(new() { Where = [UsageFilter.Equal(UsageDimension.Model, odd.Model)] }))[0]
            .Totals.Calls.ShouldBe(1);
        var answer = await store.SelectAsync(
            "SELECT @x, REPEAT('g', 36), CAST('0000-00-00' AS DATE), streamed FROM usage_records",
            TimeSpan.FromSeconds(20)
        );
        answer.Rows[0].ShouldBe([null, new string('g', 36), "0000-00-00", 1L]);
    }

    [Fact]
    public async Task A_record_larger_than_the_server_accepts_is_rejected_alone()
    {
        var limit = Convert.ToInt32(await ScalarAsync("SELECT @@max_allowed_packet"), CultureInfo.InvariantCulture);
        var odd = Record(Noon) with { Model = new string('m', limit + 1) };

        await Should.ThrowAsync<RecordRejectedException>(() => Store.AppendAsync([odd]));

        (await Store.AppendAsync([Record(Noon)])).ShouldBe(1);
    }
}

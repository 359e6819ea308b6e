namespace Tollgate.Accounting.MySql.Tests;

public sealed class ConcurrencyTests(MySqlServer server) : MySqlTest(server)
{
    [Fact]
    public async Task Ten_gates_with_overlapping_batches_book_each_record_once()
    {
        var records = Records(2000, seed: 1);
        var fresh = await Task.WhenAll(Enumerable.Range(0, 10).Select(gate => Task.Run(async () =>
        {
            await using var store = Open();
            var mine = records.ToArray();
            new Random(gate).Shuffle(mine);
            var sum = 0;
            foreach (var batch in mine.Chunk(100)) sum += await store.AppendAsync(batch);
            return sum;
        })));

        fresh.Sum().ShouldBe(records.Count);
        (await AllAsync(Store)).OrderBy(record => record.Id.Call).ShouldBe(records.OrderBy(record => record.Id.Call));
        await SumsShouldAgreeAsync(Store);
    }

    [Fact]
    public async Task Reading_goes_on_in_pages_while_others_write_and_holds_no_transaction()
    {
        var records = Records(2500, seed: 2);
        foreach (var batch in records.Chunk(500)) await Store.AppendAsync(batch);
        var seen = 0;
        await foreach (var record in Store.ReadAsync(new()))
        {
            if (seen++ % 500 == 0) await Store.AppendAsync([Record(Noon.AddDays(1))]); // Newer than all: behind the reader.
            if (seen == 10) (await ScalarAsync("SELECT count(*) FROM information_schema.processlist p JOIN information_schema.innodb_trx t ON t.trx_mysql_thread_id = p.id WHERE p.db = DATABASE()")).ShouldBe(0L);
        }

        seen.ShouldBe(2500);
    }

    [Fact]
    public async Task Bookings_that_are_cancelled_anywhere_are_booked_whole_or_not_at_all()
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

        for (var seed = 0; seed < 60; seed++) await Store.AppendAsync(Records(400, seed));
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

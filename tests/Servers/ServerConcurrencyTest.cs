using Tollgate.Accounting.Stores;
using Tollgate.Testing;

namespace Tollgate.Accounting.Servers;

/// <summary>What a store does for many callers at once.</summary>
public abstract class ServerConcurrencyTest<TServer, TStore>(TServer server, Func<string, TStore> open)
    : ServerStoreTest<TServer, TStore>(server, open)
    where TServer : IDatabaseServer
    where TStore : ISqlLedgerStore
{
    /// <summary>A statement that counts the transactions that are open in the database.</summary>
    protected abstract string CountTransactions { get; }

    [Fact]
    public async Task Ten_gateways_with_overlapping_batches_book_each_record_once()
    {
        var records = Records(2000, seed: 1);
        var fresh = await Task.WhenAll(
            Enumerable
                .Range(0, 10)
                .Select(gate =>
                    Task.Run(async () =>
                    {
                        await using var store = Open();
                        var mine = records.ToArray();
                        new Random(gate).Shuffle(mine);
                        var sum = 0;
                        foreach (var batch in mine.Chunk(100))
                            sum += await store.AppendAsync(batch);
                        return sum;
                    })
                )
        );

        fresh.Sum().ShouldBe(records.Count);
        (await AllAsync(Store)).OrderBy(record => record.Id.Call).ShouldBe(records.OrderBy(record => record.Id.Call));
        await SumsShouldAgreeAsync(Store);
    }

    [Fact]
    public async Task Reading_goes_on_in_pages_while_others_write_and_holds_no_transaction()
    {
        var records = Records(2500, seed: 2);
        foreach (var batch in records.Chunk(500))
            await Store.AppendAsync(batch);
        var seen = 0;
        await foreach (var record in Store.ReadAsync(new()))
        {
            if (seen++ % 500 == 0)
                await Store.AppendAsync([Record(Noon.AddDays(1))]); // Newer than all: behind the reader.
            if (seen == 10)
                (await ScalarAsync(CountTransactions)).ShouldBe(0L);
        }

        seen.ShouldBe(2500);
    }
}

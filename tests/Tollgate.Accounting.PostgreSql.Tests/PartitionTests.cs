using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.PostgreSql.Tests;

public sealed class PartitionTests(PostgreSqlServer server) : PostgreSqlTest(server)
{
    [Fact]
    public async Task Each_month_of_identities_has_a_table_of_its_own()
    {
        await Store.AppendAsync([
            Record(Noon),
            Record(Noon.AddMonths(1)),
            Record(Noon, Guid.Parse("3d813cbb-47fb-42ba-91df-831e1593ac29")),
            Record(Noon.AddYears(-40)),
        ]);

        (await PartitionsAsync()).ShouldBe("usage_2026_07 usage_2026_08");
        (await ScalarAsync("SELECT count(*) FROM usage_2026_07")).ShouldBe(1L);
        (await ScalarAsync("SELECT count(*) FROM usage_default")).ShouldBe(2L);
    }

    [Fact]
    public async Task The_first_and_the_last_identity_of_a_month_are_in_it()
    {
        var july = new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);
        await Store.AppendAsync([
            Record(july),
            Record(july.AddMilliseconds(-1)),
            Record(july.AddMonths(1).AddMilliseconds(-1)),
            Record(july.AddMonths(1)),
        ]);

        (await ScalarAsync("SELECT count(*) FROM usage_2026_07")).ShouldBe(2L);
        (await ScalarAsync("SELECT count(*) FROM usage_default")).ShouldBe(0L);
    }

    [Fact]
    public async Task One_call_is_looked_up_in_one_table()
    {
        await Store.AppendAsync([.. Enumerable.Range(0, 12).Select(month => Record(Noon.AddMonths(month)))]);

        var plan = (string)
            (
                await ScalarAsync(
                    $"EXPLAIN (FORMAT JSON) SELECT * FROM usage WHERE call_id = '{Guid.CreateVersion7(Noon)}'"
                )
            )!;

        plan.ShouldContain("usage_2026_07");
        plan.ShouldNotContain("usage_2026_08");
        plan.ShouldNotContain("usage_default");
    }

    [Fact]
    public async Task Purging_drops_whole_months_and_keeps_their_records_that_started_later()
    {
        var late = Record(Noon, Guid.CreateVersion7(Noon.AddMonths(-6)));
        await Store.AppendAsync([.. Enumerable.Range(0, 12).Select(month => Record(Noon.AddMonths(-month))), late]);

        (await Store.PurgeAsync(Noon.AddMonths(-3))).ShouldBe(8);

        (await PartitionsAsync()).ShouldBe("usage_2026_04 usage_2026_05 usage_2026_06 usage_2026_07");
        (await AllAsync(Store)).ShouldContain(late);
        (await Store.AppendAsync([late])).ShouldBe(0);
        (await TotalsAsync(Store)).Calls.ShouldBe(13);
    }

    [Fact]
    public async Task A_month_that_was_dropped_meanwhile_fails_no_batch()
    {
        await Store.AppendAsync([Record(Noon.AddYears(-1))]);
        await using (var other = Open())
            await other.PurgeAsync(Noon);
        (await PartitionsAsync()).ShouldBe("");

        (await Store.AppendAsync([Record(Noon.AddYears(-1)), Record(Noon.AddYears(-1))])).ShouldBe(2);

        (await TotalsAsync(Store)).Calls.ShouldBe(3);
        (await AllAsync(Store)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_month_that_cannot_be_made_now_is_made_later_and_fetches_its_records()
    {
        var first = Record(Noon);
        await using (var connection = new Npgsql.NpgsqlConnection(Server.ConnectionTo(Database)))
        {
            await connection.OpenAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await new Npgsql.NpgsqlCommand("SELECT count(*) FROM usage_default", connection).ExecuteScalarAsync();
            (await Store.AppendAsync([first])).ShouldBe(1);
        }

        (await PartitionsAsync()).ShouldBe("");
        (await ScalarAsync("SELECT count(*) FROM usage_default")).ShouldBe(1L);

        await using var another = Open();
        (await another.AppendAsync([first, Record(Noon)])).ShouldBe(1);
        (await PartitionsAsync()).ShouldBe("usage_2026_07");
        (await ScalarAsync("SELECT count(*) FROM usage_default")).ShouldBe(0L);
        await SumsShouldAgreeAsync(another);
    }

    [Fact]
    public async Task Months_that_come_and_go_under_writers_lose_nothing_and_double_nothing()
    {
        // Every store makes its own months, in an order of its own, while another purges older ones.
        var records = Enumerable.Range(0, 400).Select(i => Record(Noon.AddMonths(i % 20))).ToList();
        var old = Enumerable.Range(0, 200).Select(i => Record(Noon.AddMonths(-1 - (i % 20)))).ToList();
        var booked = await Task.WhenAll(
            Enumerable
                .Range(1, 4)
                .Select(async seed =>
                {
                    await using var store = Open();
                    var mine = records.Concat(seed == 1 ? old : []).ToArray();
                    new Random(seed).Shuffle(mine);
                    var fresh = 0;
                    foreach (var batch in mine.Chunk(20))
                    {
                        fresh += await store.AppendAsync(batch);
                        if (seed == 2)
                            await store.PurgeAsync(new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero));
                    }

                    return fresh;
                })
        );

        await Store.PurgeAsync(new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero));
        booked.Sum().ShouldBe(600);
        (await AllAsync(Store)).Count.ShouldBe(400);
        (await TotalsAsync(Store)).Calls.ShouldBe(600);
    }

    [Fact]
    public async Task Long_names_that_do_not_compress_fit_into_the_sums()
    {
        var random = new Random(11);
        string Name() => string.Concat(Enumerable.Range(0, 256).Select(_ => (char)random.Next(0x4E00, 0x9FFF)));
        var record = Record(Noon) with
        {
            Provider = Name(),
            Model = Name(),
            Attribution = new Attribution
            {
                KeyId = Name(),
                User = Name(),
                Project = Name(),
            },
        };

        (await Store.AppendAsync([record, record with { Id = new CallId(Guid.CreateVersion7(Noon), 1) }])).ShouldBe(2);

        await SumsShouldAgreeAsync(Store);
        (await ScalarAsync("SELECT count(*) FROM usage_rollup")).ShouldBe(1L);
    }

    [Fact]
    public async Task Characters_that_postgresql_cannot_store_are_replaced_and_found()
    {
        await Store.AppendAsync([Record(Noon) with { Model = "a\0b\uD800c" }]);

        (await AllAsync(Store))[0].Model.ShouldBe("a\uFFFDb\uFFFDc");
        (await Store.SumAsync(new() { Where = [UsageFilter.Equal(UsageDimension.Model, "a\0b\uD800c")] }))[0]
            .Totals.Calls.ShouldBe(1);
    }
}

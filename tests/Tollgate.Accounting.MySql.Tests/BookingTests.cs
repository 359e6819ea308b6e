using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.MySql.Tests;

public sealed class BookingTests(MySqlServer server) : MySqlTest(server)
{
    [Fact]
    public async Task Long_names_fit_into_the_sums()
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
    public async Task Names_that_differ_behind_a_long_beginning_are_different()
    {
        var beginning = new string('模', 2000);
        await Store.AppendAsync([
            .. Enumerable
                .Range(0, 4)
                .Select(i =>
                    Record(Noon) with
                    {
                        Model = beginning + (i % 2),
                        Attribution = new Attribution { Application = beginning + (i % 2) },
                    }
                ),
        ]);

        foreach (var dimension in new[] { UsageDimension.Model, UsageDimension.Application })
            (await Store.SumAsync(new() { By = [dimension] })).Select(sum => sum.Totals.Calls).ShouldBe([2L, 2L]);
    }

    [Fact]
    public async Task Characters_that_utf8_cannot_encode_are_replaced_and_found()
    {
        await Store.AppendAsync([Record(Noon) with { Model = "a\0b\uD800c" }]);

        (await AllAsync(Store))[0].Model.ShouldBe("a\0b\uFFFDc");
        (await Store.SumAsync(new() { Where = [UsageFilter.Equal(UsageDimension.Model, "a\0b\uD800c")] }))[0]
            .Totals.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task A_batch_of_many_statements_is_booked_as_one()
    {
        var records = Records(6000, seed: 3);
        (await Store.AppendAsync([.. records.Take(3000)])).ShouldBe(3000);

        (await Store.AppendAsync(records)).ShouldBe(3000);

        await SumsShouldAgreeAsync(Store);
    }

    [Fact]
    public async Task A_batch_with_a_record_that_does_not_fit_books_nothing()
    {
        var odd = Record(Noon) with { Model = new string('m', 17 * 1024 * 1024) };

        await Should.ThrowAsync<RecordRejectedException>(() => Store.AppendAsync([.. Records(2000, seed: 5), odd]));

        (await AllAsync(Store)).ShouldBeEmpty();
        (await TotalsAsync(Store)).Calls.ShouldBe(0);
    }

    [Fact]
    public async Task Purging_everything_under_writers_leaves_records_and_sums_that_agree()
    {
        var writing = Task.Run(async () =>
        {
            for (var seed = 0; seed < 30; seed++)
                await Store.AppendAsync(Records(100, seed));
        });
        await using var other = Open();
        var purged = 0L;
        while (!writing.IsCompleted)
            purged += await other.PurgeAsync(null);
        await writing;

        await SumsShouldAgreeAsync(Store);
        (purged + (await TotalsAsync(Store)).Calls).ShouldBe(3000);
    }
}

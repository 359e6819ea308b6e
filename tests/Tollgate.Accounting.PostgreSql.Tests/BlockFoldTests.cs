using Microsoft.Extensions.Time.Testing;
using Tollgate.Accounting.PostgreSql.Ledger;
using Tollgate.Accounting.Usage;

namespace Tollgate.Accounting.PostgreSql.Tests;

/// <summary>Quarters of an hour are added to the blocks when they are over; sums are the same throughout.</summary>
public sealed class BlockFoldTests(PostgreSqlServer server) : PostgreSqlTest(server)
{
    private readonly FakeTimeProvider _time = new(Noon);

    [Fact]
    public async Task Sums_are_the_same_before_and_after_a_quarter_of_an_hour_is_over()
    {
        await ExecuteAsync("UPDATE usage_fold SET folded_until = '2026-07-01 11:30Z'");
        await using var store = OpenWithClock();
        for (var step = 1; step <= 8; step++)
        {
            // Of the running quarter, of one that is over and folded, and of a later one by another clock.
            await store.AppendAsync([
                Record(_time.GetUtcNow()),
                Record(_time.GetUtcNow().AddHours(-2)),
                Record(_time.GetUtcNow().AddMinutes(40)),
            ]);

            var hour = new UsagePeriod(Noon.AddHours(-3), Noon.AddHours(5));
            (await SumAsync(store, new UsageSumQuery { Period = hour })).ShouldBe(3 * step);
            (await SumAsync(store, new UsageSumQuery { Period = hour, By = [UsageDimension.Model] })).ShouldBe(
                3 * step
            );
            (await SumAsync(store, new UsageSumQuery { By = [UsageDimension.Key] })).ShouldBe(3 * step);
            (await store.VerifyRollupsAsync(repair: false)).Sum(static check => check.IncorrectRows).ShouldBe(0);
            _time.Advance(TimeSpan.FromMinutes(11));
        }

        (await ScalarAsync("SELECT folded_until = '2026-07-01 13:15Z' FROM usage_fold")).ShouldBe(true);
        (await ScalarAsync("SELECT count(*) FROM usage_blocks WHERE dimension = 1 AND hours = 1")).ShouldBe(4L);
    }

    [Fact]
    public async Task Records_written_while_others_fold_are_counted_once()
    {
        await ExecuteAsync("UPDATE usage_fold SET folded_until = '2026-07-01 11:30Z'");
        await using var first = OpenWithClock();
        await using var second = OpenWithClock();
        var writing = Enumerable
            .Range(0, 4)
            .Select(writer =>
                Task.Run(async () =>
                {
                    for (var batch = 0; batch < 25; batch++)
                    {
                        await (writer % 2 == 0 ? first : second).AppendAsync([Record(_time.GetUtcNow()), Record(Noon)]);
                        _time.Advance(TimeSpan.FromMinutes(2));
                    }
                })
            );

        await Task.WhenAll(writing);

        (await SumAsync(first, new UsageSumQuery { By = [UsageDimension.User] })).ShouldBe(200);
        (await first.VerifyRollupsAsync(repair: false)).Sum(static check => check.IncorrectRows).ShouldBe(0);
    }

    private PostgreSqlLedgerStore OpenWithClock() => new(Server.ConnectionTo(Database), _time);

    private static async Task<long> SumAsync(PostgreSqlLedgerStore store, UsageSumQuery query) =>
        (await store.SumAsync(query)).Sum(static sum => sum.Totals.Calls);
}

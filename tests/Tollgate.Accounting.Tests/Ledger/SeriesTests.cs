using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Tests.Ledger;

public sealed class SeriesTests : LedgerFixture
{
    [Theory]
    [InlineData("Europe/Berlin", "2026-03-29", 23)] // The clock jumps from 02:00 to 03:00.
    [InlineData("Europe/Berlin", "2026-10-25", 25)] // It goes back from 03:00 to 02:00.
    [InlineData("America/New_York", "2026-11-01", 25)]
    [InlineData("Asia/Kolkata", "2026-11-01", 24)] // UTC+5:30.
    [InlineData("Asia/Kathmandu", "2026-11-01", 24)] // UTC+5:45.
    [InlineData("Africa/Cairo", "2026-04-24", 23)] // Midnight itself is skipped.
    [InlineData("UTC", "2026-11-01", 24)]
    public async Task A_day_is_the_day_of_the_time_zone_however_long_it_is(string zone, string day, int hours)
    {
        await using var ledger = await OpenAsync();
        var around = DateTimeOffset.Parse(day + "T00:00Z", System.Globalization.CultureInfo.InvariantCulture);
        var times = Enumerable.Range(-48 * 4, 96 * 4).Select(quarter => around.AddMinutes(15 * quarter)).ToList();
        await ledger.AppendAsync([.. times.Select(time => Record() with { StartedAt = time })]);

        var local = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var points = await ledger.Query.SeriesAsync(UsagePeriod.All, UsageBucket.Day, local);
        points
            .Single(point =>
                point.Start.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) == day
            )
            .Totals.Calls.ShouldBe(hours * 4);
        points
            .Select(point => (point.Start.Date, point.Totals.Calls))
            .ShouldBe(
                times
                    .GroupBy(time => TimeZoneInfo.ConvertTime(time, local).Date)
                    .Select(group => (group.Key, (long)group.Count()))
            );

        var byHour = await ledger.Query.SeriesAsync(UsagePeriod.All, UsageBucket.Hour, local);
        byHour.Sum(point => point.Totals.Calls).ShouldBe(times.Count);
        byHour
            .Skip(1)
            .SkipLast(1)
            .ShouldAllBe(point => point.Totals.Calls == 4, "an hour that the clock shows twice is two hours");
    }

    [Fact]
    public async Task Weeks_begin_on_Monday_and_months_with_their_first()
    {
        await using var ledger = await OpenAsync();
        var times = Enumerable
            .Range(0, 90)
            .Select(day => new DateTimeOffset(2026, 1, 1, 23, 0, 0, TimeSpan.Zero).AddDays(day))
            .ToList();
        await ledger.AppendAsync([.. times.Select(time => Record() with { StartedAt = time })]);

        (await ledger.Query.SeriesAsync(UsagePeriod.All, UsageBucket.Month, TimeZoneInfo.Utc))
            .Select(point => point.Totals.Calls)
            .ShouldBe([31, 28, 31]);
        var weeks = await ledger.Query.SeriesAsync(UsagePeriod.All, UsageBucket.Week, TimeZoneInfo.Utc);
        weeks.ShouldAllBe(week => week.Start.DayOfWeek == DayOfWeek.Monday);
        weeks.Select(week => week.Totals.Calls).ShouldBe([4, .. Enumerable.Repeat(7L, 12), 2]);
    }

    [Fact]
    public async Task Groups_are_ranked_by_what_is_asked()
    {
        await using var ledger = await OpenAsync();
        await ledger.AppendAsync(
            Record() with
            {
                Model = "dear",
                Cost = Money.Round(5m),
                Usage = default,
                Duration = TimeSpan.Zero,
            }
        );
        await ledger.AppendAsync(
            Record() with
            {
                Model = "slow",
                Cost = null,
                Usage = default,
                Duration = TimeSpan.FromHours(1),
            }
        );
        await ledger.AppendAsync(
            Record() with
            {
                Model = "long",
                Cost = null,
                Usage = new TokenUsage { [UsageKind.OutputText] = 1_000_000 },
                Duration = TimeSpan.Zero,
            }
        );
        foreach (var _ in new int[3])
            await ledger.AppendAsync(
                Record() with
                {
                    Model = "often",
                    Cost = null,
                    Usage = default,
                    Duration = TimeSpan.Zero,
                }
            );

        (await FirstAsync(ledger, UsageRank.Cost)).ShouldBe("dear");
        (await FirstAsync(ledger, UsageRank.Time)).ShouldBe("slow");
        (await FirstAsync(ledger, UsageRank.Tokens)).ShouldBe("long");
        (await FirstAsync(ledger, UsageRank.Requests)).ShouldBe("often");
    }

    private static async Task<string?> FirstAsync(UsageLedger ledger, UsageRank rank) =>
        (await ledger.Query.GroupAsync(UsagePeriod.All, UsageDimension.Model, rank))[0].Name;
}

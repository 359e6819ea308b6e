using Tollgate.Analytics.Forecasting;

namespace Tollgate.Analytics.Tests.Forecasting;

public sealed class DailySeriesTests
{
    private static readonly DateOnly Day = new(2026, 11, 1);

    [Fact]
    public void Days_without_use_are_zero_and_a_day_given_twice_is_added_up()
    {
        var series = DailySeries.FromDays([(Day.AddDays(3), 2m), (Day, 1m), (Day, 0.5m)]);

        series.Start.ShouldBe(Day);
        series.Amounts.ToArray().ShouldBe([1.5, 0, 0, 2]);
    }

    [Fact]
    public void It_begins_with_the_first_use_and_ends_at_the_given_day()
    {
        var series = DailySeries.FromDays([(Day, 0m), (Day.AddDays(1), 1m), (Day.AddDays(9), 7m)], end: Day.AddDays(4));

        (series.Start, series.End).ShouldBe((Day.AddDays(1), Day.AddDays(4)));
        series.Amounts.ToArray().ShouldBe([1, 0, 0]);
    }

    [Fact]
    public void A_day_that_corrections_make_negative_is_zero() =>
        DailySeries
            .FromDays([(Day, 1m), (Day.AddDays(1), 2m), (Day.AddDays(1), -3m)])
            .Amounts.ToArray()
            .ShouldBe([1, 0]);

    [Fact]
    public void Nothing_is_a_series_of_no_days() => DailySeries.FromDays([], end: Day).Length.ShouldBe(0);

    [Fact]
    public void Days_without_an_amount_are_a_series_of_no_days() =>
        DailySeries.FromDays([(Day, 0m), (Day.AddDays(1), -3m)]).Length.ShouldBe(0);

    [Fact]
    public void A_year_typed_wrongly_is_named() =>
        Should
            .Throw<ArgumentException>(() => DailySeries.FromDays([(new DateOnly(26, 1, 1), 1m), (Day, 1m)]))
            .Message.ShouldContain("0026-01-01");
}

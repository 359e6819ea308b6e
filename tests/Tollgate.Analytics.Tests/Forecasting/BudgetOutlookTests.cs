using Tollgate.Analytics.Forecasting;

namespace Tollgate.Analytics.Tests.Forecasting;

public sealed class BudgetOutlookTests
{
    private static readonly DateOnly Today = new(2026, 11, 10);

    /// <summary>10 a day, at least 5 and at most 20.</summary>
    private static readonly ForecastReport Ten = new()
    {
        Series = DailySeries.FromDays([], end: Today),
        Level = 80,
        Days =
        [
            .. Enumerable
                .Range(0, 30)
                .Select(static day => new ForecastDay(
                    Today.AddDays(day),
                    10,
                    5,
                    20,
                    10 * (day + 1),
                    5 * (day + 1),
                    20 * (day + 1)
                )),
        ],
    };

    [Fact]
    public void It_runs_out_on_the_day_on_which_the_sum_reaches_it() =>
        BudgetForecast
            .Create(new BudgetUsage(100, 60, 0, []), Ten, until: null)
            .ShouldBe(new BudgetForecast(Today.AddDays(3), Today.AddDays(1), Today.AddDays(7), Today.AddDays(29)));

    [Fact]
    public void Usage_of_the_current_day_is_not_counted_twice() =>
        BudgetForecast.Create(new BudgetUsage(100, 60, 8, []), Ten, until: null).Expected.ShouldBe(Today.AddDays(4));

    [Fact]
    public void A_current_day_that_used_more_than_was_forecast_takes_nothing_from_the_days_after() =>
        BudgetForecast
            .Create(new BudgetUsage(1000, 950, 940, []), Ten, until: null)
            .Expected.ShouldBe(Today.AddDays(5));

    [Fact]
    public void A_window_that_ends_before_lets_it_last()
    {
        var outlook = BudgetForecast.Create(new BudgetUsage(100, 60, 0, []), Ten, until: Today.AddDays(2));

        outlook.ShouldBe(new BudgetForecast(null, Today.AddDays(1), null, Today.AddDays(2)));
    }

    [Fact]
    public void A_rolling_window_loses_old_days_and_then_forecast_ones()
    {
        // 7 days of 10 are used; each day 10 come and 10 go: it stays at 70.
        var steady = new BudgetUsage(75, 70, 0, [10, 10, 10, 10, 10, 10, 10]);
        BudgetForecast.Create(steady, Ten, until: null).Expected.ShouldBeNull();

        // Nothing old leaves: it grows to 70 in seven days and not beyond.
        BudgetForecast
            .Create(new BudgetUsage(70, 0, 0, [0, 0, 0, 0, 0, 0, 0]), Ten, until: null)
            .Expected.ShouldBe(Today.AddDays(6));
        BudgetForecast
            .Create(new BudgetUsage(71, 0, 0, [0, 0, 0, 0, 0, 0, 0]), Ten, until: null)
            .Expected.ShouldBeNull();
    }
}

using Tollgate.Analytics.Forecasting;

namespace Tollgate.Analytics.Tests.Forecasting;

public sealed class DailyForecastTests
{
    [Fact]
    public void Too_few_days_are_said_and_not_guessed()
    {
        var report = DailyForecast.Make(GeneratedSeries.Structured(1, 27).ToSeries(), 7);

        report.NotForecastReason.ShouldBe("Not enough data: 27 days since the first use; at least 28 are required.");
        report.Days.ShouldBeEmpty();
        report.Method.ShouldBeNull();
    }

    [Theory]
    [InlineData(28)]
    [InlineData(29)]
    [InlineData(50)]
    [InlineData(400)]
    public void Each_day_ahead_has_an_amount_within_its_interval_and_sums_never_fall(int length)
    {
        var report = DailyForecast.Make(GeneratedSeries.Structured(2, length).ToSeries(), 60);

        report.Days.Count.ShouldBe(60);
        report.Days[0].Day.ShouldBe(report.Series.End);
        foreach (var (before, day) in report.Days.Zip(report.Days.Skip(1)))
        {
            day.Day.ShouldBe(before.Day.AddDays(1));
            day.Low.ShouldBeLessThanOrEqualTo(day.Amount);
            day.High.ShouldBeGreaterThanOrEqualTo(day.Amount);
            day.Low.ShouldBeGreaterThanOrEqualTo(0);
            day.RunningLow.ShouldBeLessThanOrEqualTo(day.Running);
            day.RunningHigh.ShouldBeGreaterThanOrEqualTo(day.Running);
            day.RunningLow.ShouldBeGreaterThanOrEqualTo(before.RunningLow);
            day.Running.ShouldBeGreaterThanOrEqualTo(before.Running);
        }
    }

    [Fact]
    public void The_same_series_gives_the_same_forecast() =>
        DailyForecast
            .Make(GeneratedSeries.Structured(3, 90).ToSeries(), 30)
            .Days.ShouldBe(DailyForecast.Make(GeneratedSeries.Structured(3, 90).ToSeries(), 30).Days);

    [Fact]
    public void A_week_that_repeats_itself_is_forecast_exactly_and_naively()
    {
        var report = DailyForecast.Make(Enumerable.Range(0, 70).Select(static day => 10.0 + (day % 7)).ToSeries(), 14);

        report.Accuracy!.IsBetter.ShouldBeFalse();
        report.Method.ShouldBe("seasonal naive");
        report.Accuracy.Verdict.ShouldBe(
            "Not more accurate than a naive forecast in the last 28 days, so the naive one is used."
        );
        report
            .Days.Select(static day => day.Amount)
            .ShouldBe(Enumerable.Range(0, 14).Select(static day => 10m + (day % 7)));
        report.Days[13].Running.ShouldBe(182, 0.001m);
    }

    [Fact]
    public void The_last_weeks_are_judged_by_and_not_learned_from()
    {
        // The last four weeks break with all before: nobody could know, and the error says so.
        var amounts = GeneratedSeries.Structured(4, 120);
        for (var day = 92; day < 120; day++)
            amounts[day] *= 5;

        var accuracy = DailyForecast.Make(amounts.ToSeries(), 7).Accuracy!;

        (accuracy.Origins, accuracy.Horizon).ShouldBe((28, 14));
        accuracy.RelativeToMean(accuracy.TriedError)!.Value.ShouldBeGreaterThan(0.3m);
    }

    [Fact]
    public void Where_there_was_no_use_there_will_be_none()
    {
        var report = DailyForecast.Make(Enumerable.Repeat(0.0, 60).ToSeries(), 5);

        report.Days.ShouldAllBe(static day => day.High == 0 && day.RunningHigh == 0);
        report.Accuracy!.RelativeToMean(0).ShouldBeNull();
    }

    [Fact]
    public void Amounts_of_any_size_have_a_forecast()
    {
        foreach (var size in (double[])[1e-9, 1e15])
            DailyForecast
                .Make(GeneratedSeries.Structured(5, 60).Select(amount => amount * size).ToSeries(), 366)
                .Days.Count.ShouldBe(366);
    }

    [Fact]
    public void A_higher_level_makes_wider_intervals()
    {
        var series = GeneratedSeries.Structured(6, 100).ToSeries();
        var (half, most) = (DailyForecast.Make(series, 7, 50).Days[6], DailyForecast.Make(series, 7, 95).Days[6]);

        most.High.ShouldBeGreaterThan(half.High);
        most.Low.ShouldBeLessThan(half.Low);
    }
}

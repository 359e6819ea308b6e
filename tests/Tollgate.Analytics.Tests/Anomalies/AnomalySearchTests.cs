using Tollgate.Analytics.Anomalies;
using Tollgate.Analytics.Forecasting;
using Tollgate.Analytics.Tests.Forecasting;

namespace Tollgate.Analytics.Tests.Anomalies;

public sealed class AnomalySearchTests
{
    private static readonly AnomalyOptions Usual = new();

    [Fact]
    public void A_spike_is_found_with_what_was_expected_of_its_weekday()
    {
        var amounts = OfficeWeeks(8);
        amounts[40] = 1; // A Saturday, with the use of a quarter of a workday: high for a Saturday.

        var found = AnomalyDetector.Find(amounts.ToSeries(), Usual).ShouldHaveSingleItem();

        found.Day.ShouldBe(GeneratedSeries.Start.AddDays(40));
        found.Amount.ShouldBe(1);
        found.Expected.ShouldBe(0.1m, 0.01m);
        found.Score.ShouldBeGreaterThan(4);
    }

    [Fact]
    public void A_drop_is_found_with_a_negative_score()
    {
        var amounts = OfficeWeeks(8);
        amounts[30] = 0;

        AnomalyDetector.Find(amounts.ToSeries(), Usual).ShouldHaveSingleItem().Score.ShouldBeLessThan(-4);
    }

    [Fact]
    public void Weekends_without_use_do_not_stand_out_and_use_on_one_does()
    {
        var amounts = OfficeWeeks(8).Select(static (amount, day) => day % 7 >= 5 ? 0 : amount).ToArray();
        AnomalyDetector.Find(amounts.ToSeries(), Usual).ShouldBeEmpty();

        amounts[33] = 5;
        AnomalyDetector
            .Find(amounts.ToSeries(), Usual)
            .ShouldHaveSingleItem()
            .Day.ShouldBe(GeneratedSeries.Start.AddDays(33));
    }

    [Fact]
    public void Tiny_amounts_do_not_alarm_whatever_their_ratio()
    {
        var amounts = Enumerable.Repeat(0.0001, 40).ToArray();
        amounts[20] = 0.005;

        AnomalyDetector.Find(amounts.ToSeries(), Usual).ShouldBeEmpty();
        AnomalyDetector.Find(amounts.ToSeries(), Usual with { MinDifference = 0.0001m }).ShouldHaveSingleItem();
    }

    [Fact]
    public void A_lasting_rise_does_not_count_as_many_spikes() =>
        AnomalyDetector
            .Find(OfficeWeeks(8).Select(static (amount, day) => day < 28 ? amount : amount * 3).ToSeries(), Usual)
            .Count.ShouldBe(0);

    [Fact]
    public void Occasional_usage_is_compared_with_the_days_of_use()
    {
        var amounts = new double[60];
        for (var day = 0; day < 60; day += 3)
            amounts[day] = 2;
        AnomalyDetector.Find(amounts.ToSeries(), Usual).ShouldBeEmpty();

        amounts[30] = 40;
        AnomalyDetector.Find(amounts.ToSeries(), Usual).ShouldHaveSingleItem().Expected.ShouldBe(2, 0.1m);
    }

    [Fact]
    public void Fewer_than_two_weeks_report_nothing()
    {
        var amounts = Enumerable.Repeat(1.0, 13).ToArray();
        amounts[5] = 1000;

        AnomalyDetector.Find(amounts.ToSeries(), Usual).ShouldBeEmpty();
        AnomalyDetector.Find(DailySeries.FromDays([]), Usual).ShouldBeEmpty();
    }

    /// <summary>4 on workdays, 0.1 on weekends, with a little up and down.</summary>
    private static double[] OfficeWeeks(int weeks) =>
        [
            .. Enumerable
                .Range(0, weeks * 7)
                .Select(static day => (day % 7 >= 5 ? 0.1 : 4) * (1 + (0.05 * Math.Sin(day)))),
        ];
}

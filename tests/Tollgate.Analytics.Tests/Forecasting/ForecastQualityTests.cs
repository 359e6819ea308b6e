using Tollgate.Analytics.Forecasting;

namespace Tollgate.Analytics.Tests.Forecasting;

/// <summary>
/// What docs/forecasting.md states of forecasts, measured on days that no forecast knows: a series is cut, the days
/// behind the cut are forecast, and compared.
/// </summary>
public sealed class ForecastQualityTests(ITestOutputHelper output)
{
    private const int Ahead = 28,
        Seeds = 120;

    public static readonly TheoryData<string, int> Series = new()
    {
        { "structured", 60 },
        { "structured", 120 },
        { "structured", 365 },
        { "wandering", 60 },
        { "wandering", 120 },
        { "wandering", 365 },
        { "random walk", 60 },
        { "random walk", 120 },
        { "random walk", 365 },
    };

    [Theory]
    [Trait("Needs", "Time")]
    [MemberData(nameof(Series))]
    public void Intervals_cover_as_stated_and_structure_is_distinguished_from_a_random_walk(string kind, int days)
    {
        var measured = Measure(kind, days);

        output.WriteLine(
            $"{kind} {days}: error / seasonal naive {measured.Error / measured.NaiveError:0.000}, called better "
                + $"{measured.CalledBetter:P1}, days within {measured.DaysWithin:P1} "
                + $"(first week {measured.FirstWeekWithin:P1}, last {measured.LastWeekWithin:P1}, below "
                + $"{measured.Below:P1}), sums within {measured.SumsWithin:P1}"
        );
        measured.DaysWithin.ShouldBeInRange(0.7, 0.9);
        measured.FirstWeekWithin.ShouldBeInRange(0.7, 0.9);
        measured.LastWeekWithin.ShouldBeInRange(0.7, 0.9);
        measured.SumsWithin.ShouldBeInRange(0.7, 0.9);
        if (kind == "random walk")
            measured.CalledBetter.ShouldBeLessThan(0.15);
        else
            measured.CalledBetter.ShouldBeGreaterThan(0.5);
        (measured.Error / measured.NaiveError).ShouldBeLessThan(kind == "wandering" ? 0.97 : 0.95);
    }

    private static Measured Measure(string kind, int days)
    {
        var measured = new Measured();
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            var amounts = kind switch
            {
                "structured" => GeneratedSeries.Structured(seed * 104729, days + Ahead),
                "wandering" => GeneratedSeries.Wandering(seed * 104729, days + Ahead),
                _ => GeneratedSeries.RandomWalk(seed * 104729, days + Ahead),
            };
            measured.Add(DailyForecast.Make(amounts[..days].ToSeries(), Ahead), amounts, days);
        }

        return measured;
    }

    private sealed class Measured
    {
        private int _all,
            _within,
            _sums,
            _firstWeek,
            _lastWeek,
            _below,
            _series,
            _better;

        public double Error { get; private set; }

        public double NaiveError { get; private set; }

        public double DaysWithin => (double)_within / _all;

        public double SumsWithin => (double)_sums / _all;

        public double FirstWeekWithin => _firstWeek / (_all / 4.0);

        public double LastWeekWithin => _lastWeek / (_all / 4.0);

        public double Below => (double)_below / _all;

        public double CalledBetter => (double)_better / _series;

        public void Add(ForecastReport report, double[] amounts, int days)
        {
            _series++;
            if (report.Accuracy!.IsBetter)
                _better++;
            var sum = 0m;
            var scale = amounts.Average();
            for (var day = 0; day < report.Days.Count; day++)
            {
                var (actual, forecast) = ((decimal)amounts[days + day], report.Days[day]);
                sum += actual;
                _all++;
                if (actual < forecast.Low)
                    _below++;
                if (sum >= forecast.RunningLow && sum <= forecast.RunningHigh)
                    _sums++;
                Error += Math.Abs((double)(actual - forecast.Amount)) / scale;
                NaiveError += Math.Abs(amounts[days + day] - amounts[days - 7 + (day % 7)]) / scale;
                if (actual < forecast.Low || actual > forecast.High)
                    continue;
                _within++;
                if (day < 7)
                    _firstWeek++;
                if (day >= 21)
                    _lastWeek++;
            }
        }
    }
}

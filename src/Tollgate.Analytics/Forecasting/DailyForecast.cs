namespace Tollgate.Analytics.Forecasting;

/// <summary>
/// Forecasts daily amounts with a method chosen on held-out weeks, and with intervals derived from its errors.
/// </summary>
/// <remarks>The same series gives the same forecast; nothing is random.</remarks>
public static class DailyForecast
{
    /// <summary>The maximum number of days ahead.</summary>
    public const int MaxDays = 366;

    /// <summary>Forecasts the days after a series.</summary>
    /// <param name="series">The days so far; the last one must be complete.</param>
    /// <param name="days">The number of days ahead, 1 to 366.</param>
    /// <param name="level">The percentage of cases that the intervals should contain, 50 to 95.</param>
    /// <exception cref="ArgumentOutOfRangeException">Days or level are out of range.</exception>
    public static ForecastReport Make(DailySeries series, int days, int level = 80)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(days);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, MaxDays);
        ArgumentOutOfRangeException.ThrowIfLessThan(level, 50);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, 95);
        if (series.Length < Holdout.MinDays)
            return new ForecastReport
            {
                Series = series,
                Level = level,
                NotForecastReason =
                    $"Not enough data: {series.Length} {(series.Length == 1 ? "day" : "days")} since the first use; "
                    + $"at least {Holdout.MinDays} are required.",
            };
        var choice = new MethodSelection(series.Amounts);
        return new ForecastReport
        {
            Series = series,
            Level = level,
            Method = choice.Selected.Name,
            Accuracy = choice.Accuracy,
            Days = CreateDays(series, choice, days, level),
        };
    }

    private static ForecastDay[] CreateDays(DailySeries series, MethodSelection choice, int days, int level)
    {
        var scale = choice.Selected.Scale;
        var values = new double[days];
        choice.Selected.Fit(series.Amounts).Forecast(scale.To(series.Amounts), values);
        var rolling = choice.Roll();
        var bands = new ErrorBands(RollingErrors.ForDays(rolling), level / 100.0, areSums: false);
        var sums = new RunningSums(rolling, values, level / 100.0, isMedian: !choice.Selected.IsBaseline);
        return
        [
            .. values.Select(
                (value, day) =>
                    new ForecastDay(
                        series.End.AddDays(day),
                        Amount(value),
                        Amount(value - bands.At(day + 1)),
                        Amount(value + bands.At(day + 1)),
                        sums.Middle(day),
                        sums.Low(day),
                        sums.High(day)
                    )
            ),
        ];

        decimal Amount(double value) => ForecastReport.Rounded(scale.From(value));
    }
}

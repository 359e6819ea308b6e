namespace Tollgate.Analytics.Forecasting;

/// <summary>
/// Forecasts from consecutive days (rolling origin), each of which sees only the days before it; and the actual values.
/// </summary>
internal sealed class RollingForecasts
{
    private readonly List<double[]> _forecast = [];
    private readonly List<double[]> _actual = [];

    public RollingForecasts(AmountScale scale) => Scale = scale;

    public AmountScale Scale { get; }

    public int Origins => _forecast.Count;

    /// <summary>Values on the scale: by origin and the number of days ahead minus one.</summary>
    public ReadOnlySpan<double> Forecast(int origin) => _forecast[origin];

    /// <summary>The actual values, likewise.</summary>
    public ReadOnlySpan<double> Actual(int origin) => _actual[origin];

    /// <summary>Adds the forecasts from the days <paramref name="first"/> to before <paramref name="end"/>.</summary>
    public void Add(FittedCandidate fitted, ReadOnlySpan<double> values, int first, int end, int horizon)
    {
        for (var origin = first; origin < end; origin++)
        {
            var ahead = new double[Math.Min(horizon, values.Length - origin)];
            fitted.Forecast(values[..origin], ahead);
            _forecast.Add(ahead);
            _actual.Add(values.Slice(origin, ahead.Length).ToArray());
        }
    }

    /// <summary>The mean absolute error of amounts over all origins and days ahead.</summary>
    public double MeanAbsoluteError()
    {
        var (sum, count) = (0.0, 0);
        for (var origin = 0; origin < Origins; origin++)
        {
            for (var day = 0; day < _forecast[origin].Length; day++, count++)
                sum += Math.Abs(Scale.From(_forecast[origin][day]) - Scale.From(_actual[origin][day]));
        }

        return sum / count;
    }

    /// <summary>The mean of the actual amounts, each counted as often as it was forecast.</summary>
    public double MeanActual() => _actual.SelectMany(static values => values).Average(Scale.From);
}

namespace Tollgate.Analytics.Forecasting.Methods;

/// <summary>
/// Exponential smoothing: a level, additive weekdays, and a damped trend (Holt, Winters; damped after Gardner and
/// McKenzie). The parameters are chosen from a grid by the smallest mean absolute error one day ahead.
/// </summary>
internal sealed class Smoothing(bool hasTrend, bool hasWeek) : IForecastMethod
{
    private const int Week = 7;

    private readonly SmoothingSettings[] _grid = [.. SmoothingSettings.Grid(hasTrend, hasWeek)];

    public string Name =>
        (hasTrend, hasWeek) switch
        {
            (true, true) => "level, damped trend and weekdays",
            (false, true) => "level and weekdays",
            (true, false) => "level and damped trend",
            (false, false) => "level",
        };

    public IFittedMethod Fit(ReadOnlySpan<double> past)
    {
        var (best, lowestError) = (_grid[0], double.PositiveInfinity);
        // The first two weeks determine the initial state, so their errors are too small to learn from; with little
        // data, one week.
        var scored = past.Length >= 4 * Week ? 2 * Week : Week;
        foreach (var settings in _grid)
        {
            var error = new SmoothingState(past, hasTrend, hasWeek).Run(past, settings, scored);
            if (error < lowestError)
                (best, lowestError) = (settings, error);
        }

        return new Fitted(best, hasTrend, hasWeek);
    }

    private sealed class Fitted(SmoothingSettings settings, bool hasTrend, bool hasWeek) : IFittedMethod
    {
        public void Forecast(ReadOnlySpan<double> past, Span<double> ahead)
        {
            var state = new SmoothingState(past, hasTrend, hasWeek);
            state.Run(past, settings, past.Length);
            state.Project(past.Length, settings.Phi, ahead);
        }
    }
}

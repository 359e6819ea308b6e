namespace Tollgate.Analytics.Forecasting.Methods;

/// <summary>
/// Each day will be as the last one was. Nothing is better for a random walk, so it is the yardstick for series without
/// a week.
/// </summary>
internal sealed class LastValue : IForecastMethod, IFittedMethod
{
    public string Name => "last value";

    public IFittedMethod Fit(ReadOnlySpan<double> past) => this;

    public void Forecast(ReadOnlySpan<double> past, Span<double> ahead) => ahead.Fill(past[^1]);
}

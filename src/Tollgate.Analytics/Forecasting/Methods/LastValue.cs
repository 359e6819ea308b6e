namespace Tollgate.Analytics.Forecasting.Methods;

/// <summary>
/// Predicts each day to be like the last one. Nothing is better for a random walk, so it is the baseline for series
/// without a weekly pattern.
/// </summary>
internal sealed class LastValue : IForecastMethod, IFittedMethod
{
    public string Name => "last value";

    public IFittedMethod Fit(ReadOnlySpan<double> past) => this;

    public void Forecast(ReadOnlySpan<double> past, Span<double> ahead) => ahead.Fill(past[^1]);
}

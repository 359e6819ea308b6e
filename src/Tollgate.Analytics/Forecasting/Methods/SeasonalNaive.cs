namespace Tollgate.Analytics.Forecasting.Methods;

/// <summary>
/// Predicts each day to be like the same weekday of the last week. The baseline for series with a weekly pattern.
/// </summary>
internal sealed class SeasonalNaive : IForecastMethod, IFittedMethod
{
    public string Name => "seasonal naive";

    public IFittedMethod Fit(ReadOnlySpan<double> past) => this;

    public void Forecast(ReadOnlySpan<double> past, Span<double> ahead)
    {
        for (var day = 0; day < ahead.Length; day++)
            ahead[day] = past[past.Length - 7 + (day % 7)];
    }
}

namespace Tollgate.Analytics.Forecasting.Methods;

/// <summary>
/// Each day will be as the same weekday of the last week was. The yardstick for series with a week in them.
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

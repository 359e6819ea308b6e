namespace Tollgate.Analytics.Forecasting.Methods;

/// <summary>
/// The mean of each weekday over the last weeks, and a straight line through the residuals. It has no parameters to
/// fit.
/// </summary>
internal sealed class WeekdayMeans : IForecastMethod, IFittedMethod
{
    private const int MaxWeeks = 8;

    public string Name => "weekday means with drift";

    public IFittedMethod Fit(ReadOnlySpan<double> past) => this;

    public void Forecast(ReadOnlySpan<double> past, Span<double> ahead)
    {
        // Whole weeks, so that each weekday has the same weight and the line through the residuals is not distorted.
        var weeks = Math.Min(MaxWeeks, past.Length / 7);
        var recent = past[^(weeks * 7)..];
        Span<double> weekday = stackalloc double[7];
        weekday.Clear();
        for (var day = 0; day < recent.Length; day++)
            weekday[day % 7] += recent[day] / weeks;
        var slope = FitSlope(recent, weekday);
        // The mean of a weekday is located in the middle of its weeks.
        var middle = (weeks - 1) * 7 / 2.0;
        for (var day = 0; day < ahead.Length; day++)
            ahead[day] = weekday[day % 7] + (slope * (recent.Length + day - (day % 7) - middle));
    }

    /// <summary>
    /// Least squares, per day; over few weeks it is shrunk toward 0, since a line through two points is mostly noise.
    /// </summary>
    private static double FitSlope(ReadOnlySpan<double> recent, ReadOnlySpan<double> weekday)
    {
        var weeks = recent.Length / 7;
        double above = 0,
            below = 0;
        for (var day = 0; day < recent.Length; day++)
        {
            var week = 7 * ((day / 7) - ((weeks - 1) / 2.0));
            above += week * (recent[day] - weekday[day % 7]);
            below += week * week;
        }

        return below <= 0 ? 0 : above / below * (weeks / (weeks + 4.0));
    }
}

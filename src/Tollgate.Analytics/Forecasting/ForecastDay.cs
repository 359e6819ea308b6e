namespace Tollgate.Analytics.Forecasting;

/// <summary>A forecast day, in the series' unit.</summary>
/// <param name="Day">The day.</param>
/// <param name="Amount">Its median: too high as often as too low.</param>
/// <param name="Low">The lower end: one in ten cases is below it, for an interval of 80 %.</param>
/// <param name="High">The upper end: one in ten cases is above it.</param>
/// <param name="Running">
/// The sum of all days from the first to this one. It is forecast as a sum: a sum of medians would be too low.
/// </param>
/// <param name="RunningLow">The lower end of that sum: one in ten cases is below it.</param>
/// <param name="RunningHigh">The upper end of that sum: one in ten cases is above it.</param>
public readonly record struct ForecastDay(
    DateOnly Day,
    decimal Amount,
    decimal Low,
    decimal High,
    decimal Running,
    decimal RunningLow,
    decimal RunningHigh
);

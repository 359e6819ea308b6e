namespace Tollgate.Analytics.Forecasting;

/// <summary>A forecast day, in the series' unit.</summary>
/// <param name="Day">The day.</param>
/// <param name="Amount">Its amount: as often too high as too low.</param>
/// <param name="Low">What it falls below in one of ten cases, for an interval of 80 %.</param>
/// <param name="High">What it passes in one of ten cases.</param>
/// <param name="Running">All days from the first to this one. It is forecast as a sum: a sum of medians would be too
/// low.</param>
/// <param name="RunningLow">What that sum falls below in one of ten cases.</param>
/// <param name="RunningHigh">What that sum passes in one of ten cases.</param>
public readonly record struct ForecastDay(
    DateOnly Day,
    decimal Amount,
    decimal Low,
    decimal High,
    decimal Running,
    decimal RunningLow,
    decimal RunningHigh
);

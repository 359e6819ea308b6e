namespace Tollgate.Analytics.Forecasting;

/// <summary>A forecast and its reliability.</summary>
public sealed record ForecastReport
{
    /// <summary>The series that the forecast is based on.</summary>
    public required DailySeries Series { get; init; }

    /// <summary>Why there is no forecast; null if there is one.</summary>
    public string? NotForecastReason { get; init; }

    /// <summary>The method of the forecast; null if there is none.</summary>
    public string? Method { get; init; }

    /// <summary>Its accuracy in the last weeks; null if there is no forecast.</summary>
    public ForecastAccuracy? Accuracy { get; init; }

    /// <summary>The percentage of cases that the intervals should contain.</summary>
    public required int Level { get; init; }

    /// <summary>The days ahead, starting with the one after the series; empty if there is no forecast.</summary>
    public IReadOnlyList<ForecastDay> Days { get; init; } = [];

    /// <summary>
    /// Converts to a decimal with six places: finer digits of a forecast are noise. An amount outside a decimal's range
    /// is clamped.
    /// </summary>
    internal static decimal Rounded(double amount) => amount < 1e22 ? decimal.Round((decimal)amount, 6) : 1e22m;
}

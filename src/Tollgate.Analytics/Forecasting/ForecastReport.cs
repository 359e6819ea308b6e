namespace Tollgate.Analytics.Forecasting;

/// <summary>A forecast and how far it can be trusted.</summary>
public sealed record ForecastReport
{
    /// <summary>What was forecast from.</summary>
    public required DailySeries Series { get; init; }

    /// <summary>Why there is no forecast; null where there is one.</summary>
    public string? Problem { get; init; }

    /// <summary>The method of the forecast; null where there is none.</summary>
    public string? Method { get; init; }

    /// <summary>How it did on the last weeks; null where there is no forecast.</summary>
    public ForecastAccuracy? Accuracy { get; init; }

    /// <summary>The part of cases, in percent, that the intervals are made to hold.</summary>
    public required int Level { get; init; }

    /// <summary>The days ahead, from the one after the series on; none where there is no forecast.</summary>
    public IReadOnlyList<ForecastDay> Days { get; init; } = [];

    /// <summary>
    /// As a decimal with six places: what is finer is noise in a forecast. An amount beyond a decimal's range is cut
    /// off there.
    /// </summary>
    internal static decimal Rounded(double amount) => amount < 1e22 ? decimal.Round((decimal)amount, 6) : 1e22m;
}

namespace Tollgate.Analytics.Forecasting;

/// <summary>The accuracy of a method and of the baselines in the last weeks, which no method had seen.</summary>
public sealed record ForecastAccuracy
{
    /// <summary>The number of days from which a forecast was made: each of the last ones.</summary>
    public required int Origins { get; init; }

    /// <summary>The maximum number of days ahead.</summary>
    public required int Horizon { get; init; }

    /// <summary>The method selected by the weeks before.</summary>
    public required string Tried { get; init; }

    /// <summary>Its mean absolute error, in the series' unit.</summary>
    public required decimal TriedError { get; init; }

    /// <summary>The mean absolute error of predicting each day as the same weekday of the last week.</summary>
    public required decimal SeasonalNaiveError { get; init; }

    /// <summary>The mean absolute error of predicting each day as the last one.</summary>
    public required decimal LastValueError { get; init; }

    /// <summary>The mean amount in those weeks.</summary>
    public required decimal MeanActual { get; init; }

    /// <summary>True if the method is better than both baselines by more than chance.</summary>
    public required bool IsBetter { get; init; }

    /// <summary>An error relative to the mean amount (WAPE); null if that is 0.</summary>
    public decimal? RelativeToMean(decimal error) => MeanActual == 0 ? null : decimal.Round(error / MeanActual, 4);

    /// <summary>The result as a sentence.</summary>
    public string Verdict =>
        IsBetter
            ? $"More accurate than a naive forecast in the last {Origins} days, which it had not seen."
            : $"Not more accurate than a naive forecast in the last {Origins} days, so the naive one is used.";
}

namespace Tollgate.Analytics.Forecasting;

/// <summary>What the last weeks, which no method had seen, say of a method and of the yardsticks.</summary>
public sealed record ForecastAccuracy
{
    /// <summary>Days from which was forecast: each of the last ones.</summary>
    public required int Origins { get; init; }

    /// <summary>The most days ahead.</summary>
    public required int Horizon { get; init; }

    /// <summary>The method that the weeks before spoke for.</summary>
    public required string Tried { get; init; }

    /// <summary>Its mean absolute error, in the series' unit.</summary>
    public required decimal TriedError { get; init; }

    /// <summary>The mean absolute error of taking each day as the same weekday of the last week.</summary>
    public required decimal SeasonalNaiveError { get; init; }

    /// <summary>The mean absolute error of taking each day as the last one.</summary>
    public required decimal LastValueError { get; init; }

    /// <summary>The mean amount in those weeks.</summary>
    public required decimal MeanActual { get; init; }

    /// <summary>Whether the method is better than both yardsticks, by more than luck does often.</summary>
    public required bool IsBetter { get; init; }

    /// <summary>An error as a part of the mean amount (WAPE); null where that is 0.</summary>
    public decimal? PartOfMean(decimal error) => MeanActual == 0 ? null : decimal.Round(error / MeanActual, 4);

    /// <summary>The verdict as a sentence.</summary>
    public string Verdict =>
        IsBetter
            ? $"Better than a naive forecast in the last {Origins} days, which it had not seen."
            : $"Not better than a naive forecast in the last {Origins} days, so the naive one is given.";
}

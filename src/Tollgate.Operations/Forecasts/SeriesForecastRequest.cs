namespace Tollgate.Operations.Forecasts;

/// <summary>A forecast of a given series.</summary>
/// <param name="Quantity">The name of the quantity, such as <c>amount a day in sales.csv</c>.</param>
/// <param name="Amounts">Days and amounts, in any order; amounts of the same day are added up.</param>
public sealed record SeriesForecastRequest(string Quantity, IEnumerable<(DateOnly Day, decimal Amount)> Amounts)
{
    /// <inheritdoc cref="ForecastRequest.Days"/>
    public int Days { get; init; } = 30;

    /// <inheritdoc cref="ForecastRequest.Level"/>
    public int Level { get; init; } = 80;

    /// <summary>The first day of the history; null for the first one given.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day of the history; null for the last one given.</summary>
    public DateOnly? To { get; init; }
}

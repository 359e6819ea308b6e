using Tollgate.Analytics.Forecasting;

namespace Tollgate.Cli.Forecasts;

/// <summary>The result of <c>tollgate forecast</c>.</summary>
internal sealed record ForecastResult
{
    /// <summary>The forecast quantity, such as <c>daily cost in USD</c>.</summary>
    public required string Quantity { get; init; }

    /// <summary>The dimension of the groups, or <c>none</c>.</summary>
    public required string By { get; init; }

    public required int Level { get; init; }

    /// <summary>The groups, the one with the highest forecast first.</summary>
    public required IReadOnlyList<ForecastGroup> Groups { get; init; }

    /// <summary>The outlook of the cost limits; empty if the forecast is not based on the ledger.</summary>
    public IReadOnlyList<BudgetForecastRow> Budgets { get; init; } = [];
}

/// <summary>The forecast of one group.</summary>
internal sealed record ForecastGroup(string? Name, ForecastReport Report)
{
    public ForecastDay? Last => Report.Days.Count == 0 ? null : Report.Days[^1];

    public string DisplayName => Name ?? "(none)";
}

/// <summary>The outlook of one limit.</summary>
internal sealed record BudgetForecastRow
{
    public required string Limit { get; init; }

    /// <summary>The target of the counter; null if there is only one.</summary>
    public string? Target { get; init; }

    /// <summary>In US dollars.</summary>
    public required decimal Amount { get; init; }

    public required decimal Used { get; init; }

    /// <summary>The last day of its window; null if that has no end, or differs for each day.</summary>
    public DateOnly? WindowEnds { get; init; }

    public BudgetForecast? Outlook { get; init; }

    /// <summary>How likely a day is to reach it, if its window is less than a day.</summary>
    public PeakForecast? Peaks { get; init; }

    /// <summary>The outlook as a sentence.</summary>
    public required string Explanation { get; init; }
}

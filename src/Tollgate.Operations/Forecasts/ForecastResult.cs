using Tollgate.Analytics.Forecasting;

namespace Tollgate.Operations.Forecasts;

/// <summary>A forecast, of one series or of each group.</summary>
public sealed record ForecastResult
{
    /// <summary>The forecast quantity, such as <c>daily cost in USD</c>.</summary>
    public required string Quantity { get; init; }

    /// <summary>The dimension of the groups, or <c>none</c>.</summary>
    public required string By { get; init; }

    /// <summary>The percentage of cases that the intervals should contain.</summary>
    public required int Level { get; init; }

    /// <summary>The groups, the one with the highest forecast first.</summary>
    public required IReadOnlyList<ForecastGroup> Groups { get; init; }

    /// <summary>The outlook of the cost limits; empty if the forecast is not based on the ledger.</summary>
    public IReadOnlyList<BudgetForecastRow> Budgets { get; init; } = [];
}

/// <summary>The forecast of one group.</summary>
public sealed record ForecastGroup
{
    internal ForecastGroup(string? name, ForecastReport report) => (Name, Report) = (name, report);

    /// <summary>The group; null for calls without a value, or if there is only one group.</summary>
    public string? Name { get; }

    /// <summary>The number of days that the forecast is based on.</summary>
    public int HistoryDays => Report.Series.Length;

    /// <summary>The first of them.</summary>
    public DateOnly FirstDay => Report.Series.Start;

    /// <inheritdoc cref="ForecastReport.Method"/>
    public string? Method => Report.Method;

    /// <inheritdoc cref="ForecastReport.NotForecastReason"/>
    public string? Problem => Report.NotForecastReason;

    /// <inheritdoc cref="ForecastReport.Accuracy"/>
    public ForecastAccuracy? Accuracy => Report.Accuracy;

    /// <inheritdoc cref="ForecastReport.Days"/>
    public IReadOnlyList<ForecastDay> Days => Report.Days;

    /// <summary>The forecast with its series.</summary>
    internal ForecastReport Report { get; }

    /// <summary>The last day ahead; null if there is no forecast.</summary>
    internal ForecastDay? Last => Report.Days.Count == 0 ? null : Report.Days[^1];

    /// <summary>The name for people.</summary>
    internal string DisplayName => Name ?? "(none)";
}

/// <summary>The outlook of one limit.</summary>
public sealed record BudgetForecastRow
{
    /// <summary>The limit's id.</summary>
    public required string Limit { get; init; }

    /// <summary>The target of the counter; null if there is only one.</summary>
    public string? Target { get; init; }

    /// <summary>The amount, in US dollars.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The part of it that is used, in US dollars.</summary>
    public required decimal Used { get; init; }

    /// <summary>The last day of its window; null if that has no end, or differs for each day.</summary>
    public DateOnly? WindowEnds { get; init; }

    /// <summary>When it runs out; null if it cannot be forecast.</summary>
    public BudgetForecast? Outlook { get; init; }

    /// <summary>How likely a day is to reach it, if its window is less than a day.</summary>
    public PeakForecast? Peaks { get; init; }

    /// <summary>The outlook as a sentence.</summary>
    public required string Explanation { get; init; }
}

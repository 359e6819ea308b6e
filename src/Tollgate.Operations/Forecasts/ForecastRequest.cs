using Tollgate.Accounting.Usage;

namespace Tollgate.Operations.Forecasts;

/// <summary>A forecast of the ledger's daily cost.</summary>
public sealed record ForecastRequest
{
    /// <summary>The number of days of history by default.</summary>
    public const int DefaultHistoryDays = 180;

    /// <summary>The minimum of <see cref="Level"/>.</summary>
    public const int MinLevel = 50;

    /// <summary>The maximum of <see cref="Level"/>.</summary>
    public const int MaxLevel = 95;

    /// <summary>The number of days to forecast, at least 1.</summary>
    public int Days { get; init; } = 30;

    /// <summary>The percentage of cases that the intervals should contain, from 50 to 95.</summary>
    public int Level { get; init; } = 80;

    /// <summary>Forecasts each value of this dimension separately; null for all calls together.</summary>
    public UsageDimension? By { get; init; }

    /// <summary>The first day of the history; by default <see cref="DefaultHistoryDays"/> before its end.</summary>
    public DateOnly? From { get; init; }

    /// <summary>
    /// The last day of the history; by default yesterday, the last complete day. If null, budgets are forecast too.
    /// </summary>
    public DateOnly? To { get; init; }

    /// <summary>The time zone of days.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;
}

using System.Text.Json.Serialization;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Usage.Figures;

namespace Tollgate.Operations.Usage;

/// <summary>The totals of a period, of a group, or of a bucket of time.</summary>
public sealed record UsageSummary
{
    /// <summary>The name of the group; null for calls without one. Only groups have it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    /// <summary>The start of the bucket, in the requested time zone. Only buckets have it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Start { get; init; }

    /// <summary>The number of calls.</summary>
    public required long Calls { get; init; }

    /// <summary>Those that failed.</summary>
    public required long Errors { get; init; }

    /// <summary>Those whose usage is estimated.</summary>
    public required long Estimated { get; init; }

    /// <summary>Those without a price, which the cost does not include.</summary>
    public required long Unpriced { get; init; }

    /// <summary>Input tokens, including cached ones.</summary>
    public required long InputTokens { get; init; }

    /// <summary>Input tokens read from a cache.</summary>
    public required long CachedTokens { get; init; }

    /// <summary>Output tokens, including reasoning.</summary>
    public required long OutputTokens { get; init; }

    /// <summary>Output tokens spent on reasoning.</summary>
    public required long ReasoningTokens { get; init; }

    /// <summary>Input and output tokens.</summary>
    public required long TotalTokens { get; init; }

    /// <summary>The cost in US dollars; null if no call has a price, since it is then unknown, not 0.</summary>
    public required decimal? CostUsd { get; init; }

    /// <summary>The sum of the calls' durations, in seconds.</summary>
    public required decimal DurationS { get; init; }

    /// <summary>Input tokens per call; null without calls.</summary>
    public required decimal? AverageInputTokens { get; init; }

    /// <summary>Output tokens per call; null without calls.</summary>
    public required decimal? AverageOutputTokens { get; init; }

    /// <summary>The cost per call with a price, in US dollars; null without such calls.</summary>
    public required decimal? AverageCostUsd { get; init; }

    /// <summary>The duration per call, in seconds; null without calls.</summary>
    public required decimal? AverageDurationS { get; init; }

    /// <summary>Creates a summary of totals.</summary>
    public static UsageSummary Create(UsageTotals totals) =>
        new()
        {
            Calls = totals.Calls,
            Errors = totals.Errors,
            Estimated = totals.Estimated,
            Unpriced = totals.Unpriced,
            InputTokens = totals.Usage.InputTokens,
            CachedTokens = totals.Usage.CachedTokens,
            OutputTokens = totals.Usage.OutputTokens,
            ReasoningTokens = totals.Usage[UsageKind.OutputReasoning],
            TotalTokens = totals.Usage.TotalTokens,
            CostUsd = UsageMeasure.Cost.GetValue(totals),
            DurationS = Seconds(totals.Duration),
            AverageInputTokens = Average(totals.Usage.InputTokens, totals.Calls, 1),
            AverageOutputTokens = Average(totals.Usage.OutputTokens, totals.Calls, 1),
            AverageCostUsd = UsageMeasure.CostPerCall.GetValue(totals),
            AverageDurationS = Average(Seconds(totals.Duration), totals.Calls, 3),
        };

    private static decimal Seconds(TimeSpan duration) =>
        decimal.Round(duration.Ticks / (decimal)TimeSpan.TicksPerSecond, 3);

    /// <summary>The average over the calls that have a value; null if there are none.</summary>
    private static decimal? Average(decimal sum, long count, int decimals) =>
        count == 0 ? null : decimal.Round(sum / count, decimals);
}

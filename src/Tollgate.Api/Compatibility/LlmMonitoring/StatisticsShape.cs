namespace Tollgate.Api.Compatibility.LlmMonitoring;

/// <summary>The response of <c>/api/llm/stats</c>. Costs are in US dollars.</summary>
internal sealed record StatisticsShape
{
    public required long TotalRequests { get; init; }

    public required long TotalTokens { get; init; }

    public required decimal TotalCost { get; init; }

    /// <summary>The cost per request that has a price; 0 without any.</summary>
    public required decimal AverageCost { get; init; }

    public required RecentHourShape RecentHour { get; init; }

    /// <summary>The cost of each day (UTC) with usage, for the last year.</summary>
    public required IReadOnlyDictionary<string, decimal> DailyCosts { get; init; }

    public required RateLimitsShape RateLimits { get; init; }
}

/// <summary>The usage of the last 60 minutes.</summary>
internal sealed record RecentHourShape(long Requests, long Tokens, decimal Cost);

/// <summary>The limits in force on all calls; null for those that are not limited.</summary>
internal sealed record RateLimitsShape(
    decimal? RequestsPerMinute,
    decimal? TokensPerMinute,
    decimal? MaxCostPerRequest,
    decimal? DailySpendingLimit
);

using System.Text.Json.Serialization;

namespace Tollgate.Api.Compatibility.TokenTracker;

/// <summary>The response of <c>/api/health</c>.</summary>
internal sealed record HealthShape(string Status, DateTimeOffset Timestamp);

/// <summary>A record of usage.</summary>
internal sealed record UsageShape
{
    public required string Id { get; init; }

    public required Guid RequestId { get; init; }

    public required DateTimeOffset Timestamp { get; init; }

    public required string Model { get; init; }

    public required long PromptTokens { get; init; }

    public required long CompletionTokens { get; init; }

    public required long TotalTokens { get; init; }

    /// <summary>The cost in US dollars; null if there is no price.</summary>
    public required decimal? EstimatedCost { get; init; }

    /// <summary>The operation.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The outcome.</summary>
    public required string Status { get; init; }

    /// <summary>The duration in seconds.</summary>
    public required decimal Latency { get; init; }
}

/// <summary>Totals of usage, of a model or a day if it names one.</summary>
internal sealed record TotalsShape
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Model { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Date { get; init; }

    public required long PromptTokens { get; init; }

    public required long CompletionTokens { get; init; }

    public required long TotalTokens { get; init; }

    /// <summary>The cost in US dollars of the requests that have a price.</summary>
    public required decimal EstimatedCost { get; init; }

    public required long RequestCount { get; init; }

    /// <summary>The number of requests without a price.</summary>
    public required long UnpricedCount { get; init; }
}

/// <summary>The response of <c>/api/token-usage/summary</c>.</summary>
internal sealed record SummaryShape(
    TotalsShape Summary,
    IReadOnlyList<TotalsShape> ByModel,
    IReadOnlyList<TotalsShape> ByDay
);

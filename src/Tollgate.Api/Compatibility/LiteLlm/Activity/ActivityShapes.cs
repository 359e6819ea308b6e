namespace Tollgate.Api.Compatibility.LiteLlm.Activity;

/// <summary>The response of <c>/user/daily/activity</c>.</summary>
/// <param name="Results">The days of the page that have usage, newest first.</param>
/// <param name="Metadata">The totals of the whole range, not of the page.</param>
internal sealed record ActivityShape(IReadOnlyList<DayShape> Results, ActivityTotalsShape Metadata);

/// <summary>A day.</summary>
internal sealed record DayShape(string Date, MetricsShape Metrics, BreakdownShape Breakdown);

/// <summary>Sums of usage.</summary>
internal sealed record MetricsShape
{
    /// <summary>The cost in US dollars of the requests that have a price.</summary>
    public required decimal Spend { get; init; }

    /// <summary>Input tokens, including cached ones.</summary>
    public required long PromptTokens { get; init; }

    /// <summary>Output tokens, including reasoning.</summary>
    public required long CompletionTokens { get; init; }

    /// <summary>Input tokens read from a cache.</summary>
    public required long CacheReadInputTokens { get; init; }

    /// <summary>Input tokens written to a cache.</summary>
    public required long CacheCreationInputTokens { get; init; }

    /// <summary>Input and output tokens.</summary>
    public required long TotalTokens { get; init; }

    /// <summary>The number of requests that did not fail.</summary>
    public required long SuccessfulRequests { get; init; }

    /// <summary>The number of requests that failed because of the provider or the gateway.</summary>
    public required long FailedRequests { get; init; }

    /// <summary>The number of requests, one for each attempt at a provider.</summary>
    public required long ApiRequests { get; init; }

    /// <summary>The number of requests without a price, which the spend does not include.</summary>
    public required long UnpricedRequests { get; init; }
}

/// <summary>The sums of a day by several dimensions; each adds up to the day.</summary>
internal sealed record BreakdownShape
{
    /// <summary>By model.</summary>
    public required IReadOnlyDictionary<string, GroupShape> Models { get; init; }

    /// <summary>Always empty.</summary>
    public IReadOnlyDictionary<string, GroupShape> ModelGroups { get; init; } = new Dictionary<string, GroupShape>();

    /// <summary>By provider.</summary>
    public required IReadOnlyDictionary<string, GroupShape> Providers { get; init; }

    /// <summary>Always empty.</summary>
    public IReadOnlyDictionary<string, GroupShape> Endpoints { get; init; } = new Dictionary<string, GroupShape>();

    /// <summary>Always empty.</summary>
    public IReadOnlyDictionary<string, GroupShape> McpServers { get; init; } = new Dictionary<string, GroupShape>();

    /// <summary>By key; <c>none</c> for calls without one.</summary>
    public required IReadOnlyDictionary<string, KeyGroupShape> ApiKeys { get; init; }

    /// <summary>By user or, for teams, by team; <c>none</c> for calls without one.</summary>
    public required IReadOnlyDictionary<string, GroupShape> Entities { get; init; }
}

/// <summary>The sums of a group, also by key.</summary>
internal sealed record GroupShape
{
    /// <summary>The sums.</summary>
    public required MetricsShape Metrics { get; init; }

    /// <summary>Always empty.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>The sums by key.</summary>
    public required IReadOnlyDictionary<string, KeyGroupShape> ApiKeyBreakdown { get; init; }
}

/// <summary>The sums of a key.</summary>
internal sealed record KeyGroupShape(MetricsShape Metrics, KeyNamesShape Metadata);

/// <summary>The name and the team of a key.</summary>
internal sealed record KeyNamesShape(string? KeyAlias, string? TeamId);

/// <summary>The totals of the whole range.</summary>
internal sealed record ActivityTotalsShape
{
    /// <summary>The cost in US dollars of the requests that have a price.</summary>
    public required decimal TotalSpend { get; init; }

    /// <summary>Input tokens, including cached ones.</summary>
    public required long TotalPromptTokens { get; init; }

    /// <summary>Output tokens, including reasoning.</summary>
    public required long TotalCompletionTokens { get; init; }

    /// <summary>Input and output tokens.</summary>
    public required long TotalTokens { get; init; }

    /// <summary>The number of requests.</summary>
    public required long TotalApiRequests { get; init; }

    /// <summary>The number of requests that did not fail.</summary>
    public required long TotalSuccessfulRequests { get; init; }

    /// <summary>The number of requests that failed.</summary>
    public required long TotalFailedRequests { get; init; }

    /// <summary>The number of requests without a price, which the spend does not include.</summary>
    public required long TotalUnpricedRequests { get; init; }

    /// <summary>Input tokens read from a cache.</summary>
    public required long TotalCacheReadInputTokens { get; init; }

    /// <summary>Input tokens written to a cache.</summary>
    public required long TotalCacheCreationInputTokens { get; init; }

    /// <summary>The number of the page, from 1.</summary>
    public required int Page { get; init; }

    /// <summary>The number of pages, at least 1.</summary>
    public required int TotalPages { get; init; }

    /// <summary>True if there is a next page.</summary>
    public required bool HasMore { get; init; }
}

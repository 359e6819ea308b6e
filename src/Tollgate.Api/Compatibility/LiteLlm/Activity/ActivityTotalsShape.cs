namespace Tollgate.Api.Compatibility.LiteLlm.Activity;

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

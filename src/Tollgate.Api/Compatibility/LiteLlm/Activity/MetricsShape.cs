namespace Tollgate.Api.Compatibility.LiteLlm.Activity;

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
